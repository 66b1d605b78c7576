import { type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import './modal.css'

type ModalDialogProps = {
  title: string
  /** Escape was pressed; null: it is deaf to it, an answer being awaited or something being shown only once. */
  onEscape: (() => void) | null
  /** What it takes, when it is sent by Enter. */
  onSubmit?: () => void
  actions: ReactNode
  children: ReactNode
}

/**
 * A question over its page, which is deaf meanwhile. What is marked `data-autofocus` in it has the focus, else its
 * heading; at its end, what had the focus before has it again where it is still there.
 */
export function ModalDialog({ title, onEscape, onSubmit, actions, children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const named = useId()
  const described = useId()
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    // The browser is not to have it: its third in a row closes a dialog, whatever `cancel` is answered.
    event.preventDefault()
    if (!event.repeat) onEscape?.()
  })

  useLayoutEffect(() => {
    const before = document.activeElement
    const shown = dialog.current
    if (shown?.open === false) shown.showModal()
    const first = shown?.querySelector<HTMLElement>('[data-autofocus]') ?? heading.current
    first?.focus()
    const relay = (event: KeyboardEvent): void => hear(event)
    window.addEventListener('keydown', relay)
    return () => {
      window.removeEventListener('keydown', relay)
      shown?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  // Out of the form that it may stand in: nothing of the one is the other's.
  return createPortal(
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby={named}
      aria-describedby={described}
      onCancel={(event) => event.preventDefault()}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit?.()
        }}
      >
        <div className="modal-body">
          <h2 ref={heading} id={named} tabIndex={-1}>
            {title}
          </h2>
          <div id={described} className="paragraphs">
            {children}
          </div>
        </div>
        <div className="modal-actions">{actions}</div>
      </form>
    </dialog>,
    document.body,
  )
}
