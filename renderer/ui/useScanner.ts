import { useLayoutEffect, useEffectEvent } from 'react'
import { createScanner, handKeys, type Stroke } from './scanner.ts'

type Field = HTMLInputElement
/** A field at the beginning of a burst: what stood in it, and what stays of that once a key has been typed. */
type Before = { element: Field; value: string; kept: string }

/** The Enter or Tab of a burst that is not a barcode; it has had no effect. */
export type MachineTyped =
  /** Typed into an empty field, where it still stands when that is for a code; any other is empty again. */
  | { readonly kind: 'badge'; readonly field: Field; readonly code: string }
  /** A scanner's, or a password manager's: it still stands in the field. */
  | { readonly kind: 'fast'; readonly field: Field }

/** What a field for an operator code says of itself. */
export const codeFieldMark = { 'data-holds': 'code' } as const

/**
 * Keeps barcodes out of the fields of this window and the Enter of a scanner off its buttons. `onBarcode` is told once
 * per barcode, with the field it was typed into. `onMachine` takes the end of other bursts, which then submits nothing;
 * without it, that is a key as any other, but for a badge's in a password: it is ignored as a barcode is.
 */
export function useScanner(
  onBarcode?: (field: Field | null) => void,
  onMachine?: (typed: MachineTyped) => void,
): void {
  const tell = useEffectEvent((field: Field | null) => onBarcode?.(field))
  const hearsMachine = useEffectEvent(() => onMachine !== undefined)
  const tellMachine = useEffectEvent((typed: MachineTyped) => onMachine?.(typed))
  useLayoutEffect(() => {
    const judge = createScanner()
    let before: Before | null = null

    const hear = (event: KeyboardEvent): void => {
      const verdict = judge(strokeOf(event))
      if (verdict === 'pass') return
      if (verdict === 'start') {
        before = beforeOf(typedInto(event.target))
        return
      }
      if (verdict === 'badge' || verdict === 'fast') {
        const typed = hearsMachine() || isPassword(before) ? typedBy(verdict, before) : null
        if (typed === null) return
        if (hearsMachine()) tellMachine(typed)
        // No password is so short.
        else if (typed.kind === 'badge') tell(typed.field)
        else return
      }
      event.preventDefault()
      event.stopImmediatePropagation()
      if (verdict === 'barcode') {
        if (before !== null) putBack(before.element, before.value)
        tell(before?.element ?? null)
        before = null
      }
    }
    // Capture on the window: before any button, form or shortcut sees the key.
    window.addEventListener('keydown', hear, true)
    return () => window.removeEventListener('keydown', hear, true)
  }, [])
}

/** Null: it may be the end of what a hand typed before. */
function typedBy(kind: MachineTyped['kind'], before: Before | null): MachineTyped | null {
  if (before === null) return null
  const { element: field, kept } = before
  if (kind === 'fast') return { kind, field }
  // After what a hand typed, three keys so near are still a badge's: they are not sent with it.
  if (kept !== '') return field.value.length - kept.length > handKeys ? { kind: 'fast', field } : null
  const code = field.value
  if (!holdsCode(field)) putBack(field, '')
  return { kind, field, code }
}

function isPassword(before: Before | null): boolean {
  return before?.element.type === 'password'
}

function beforeOf(element: Field | null): Before | null {
  if (element === null) return null
  const { value, selectionStart, selectionEnd } = element
  const kept = value.slice(0, selectionStart ?? value.length) + value.slice(selectionEnd ?? value.length)
  return { element, value, kept }
}

function strokeOf(event: KeyboardEvent): Stroke {
  const field = typedInto(event.target)
  return {
    key: event.key,
    code: event.code,
    time: event.timeStamp,
    repeat: event.repeat,
    shift: event.shiftKey,
    capsLock: event.getModifierState('CapsLock'),
    command: (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph'),
    target: event.target,
    holds: field === null ? 'nothing' : holdsCode(field) ? 'code' : 'text',
  }
}

function typedInto(target: EventTarget | null): Field | null {
  return target instanceof HTMLInputElement && !target.readOnly && !target.disabled ? target : null
}

function holdsCode(field: Field): boolean {
  return field.dataset['holds'] === codeFieldMark['data-holds']
}

/** Through the prototype's setter and an event, so that React sees the change as if it had been typed. */
function putBack(element: Field, value: string): void {
  const property = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
  property?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
