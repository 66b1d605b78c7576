import { useLayoutEffect, useEffectEvent } from 'react'
import { createScanner, type Stroke } from './scanner.ts'

type Field = { element: HTMLInputElement; value: string }

/**
 * Keeps product barcodes out of the fields of this window and the Enter of a scanner off its buttons.
 * `onBarcode` is told once per barcode, with the field it was typed into.
 */
export function useScanner(onBarcode?: (field: HTMLInputElement | null) => void): void {
  const tell = useEffectEvent((field: HTMLInputElement | null) => onBarcode?.(field))
  useLayoutEffect(() => {
    const judge = createScanner()
    let before: Field | null = null

    const hear = (event: KeyboardEvent): void => {
      const verdict = judge(strokeOf(event))
      if (verdict === 'pass') return
      if (verdict === 'start') {
        const field = typedInto(event.target)
        before = field === null ? null : { element: field, value: field.value }
        return
      }
      event.preventDefault()
      event.stopImmediatePropagation()
      if (verdict === 'barcode') {
        if (before !== null) putBack(before)
        tell(before?.element ?? null)
        before = null
      }
    }
    // Capture on the window: before any button, form or shortcut sees the key.
    window.addEventListener('keydown', hear, true)
    return () => window.removeEventListener('keydown', hear, true)
  }, [])
}

function strokeOf(event: KeyboardEvent): Stroke {
  return {
    key: event.key,
    code: event.code,
    time: event.timeStamp,
    repeat: event.repeat,
    shift: event.shiftKey,
    capsLock: event.getModifierState('CapsLock'),
    command: (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph'),
    target: event.target,
    editable: typedInto(event.target) !== null,
  }
}

function typedInto(target: EventTarget | null): HTMLInputElement | null {
  return target instanceof HTMLInputElement && !target.readOnly && !target.disabled ? target : null
}

/** Through the prototype's setter and an event, so that React sees the change as if it had been typed. */
function putBack({ element, value }: Field): void {
  const property = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
  property?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
