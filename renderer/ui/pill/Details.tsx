import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Bridge } from '../../../electron/ipc/contract.ts'
import type { CallError } from '../../../electron/ipc/result.ts'
import type { HelpPage } from '../../../electron/ipc/views.ts'
import { Button } from '../Button.tsx'
import { Failure } from '../Failure.tsx'
import { LiveRegion } from '../LiveRegion.tsx'
import { texts } from '../texts.ts'
import { useCall } from '../useCall.ts'

type DetailsProps = {
  title: string
  announced: string
  /** What is the matter and what to do: the dialog is described by it. */
  said: ReactNode
  help: { page: HelpPage; words: string }
  openHelp: Bridge<'launcher'>['openHelp']
  onClose: () => void
  /** Actions of its own, what they tell, and why they failed. */
  actions?: ReactNode
  told?: ReactNode
  failure?: CallError | null
  children: ReactNode
}

/** All there is to know of what a pill is about, over the window: Escape closes it and reaches nothing under it. */
export function Details({
  title,
  announced,
  said,
  help,
  openHelp,
  onClose,
  actions,
  told,
  failure = null,
  children,
}: DetailsProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const named = useId()
  const described = useId()
  const calls = useCall('single')

  // The heading: it is read first, and an Enter still held presses nothing.
  useLayoutEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
    heading.current?.focus()
  }, [])

  // Out of the form that the pill may stand in: nothing of the one is the other's.
  return createPortal(
    <dialog
      ref={dialog}
      className="details"
      aria-labelledby={named}
      aria-describedby={described}
      onClose={onClose}
    >
      <div className="details-body">
        <LiveRegion kind="status" className="unseen">
          {announced}
        </LiveRegion>
        <h2 ref={heading} id={named} tabIndex={-1} className="unseen">
          {title}
        </h2>
        <div id={described}>{said}</div>
        {children}
      </div>
      <div className="details-end">
        {told}
        <Failure error={failure ?? calls.failure} />
        <div className="details-actions">
          {actions}
          <Button onClick={() => dialog.current?.close()}>{texts.pill.close}</Button>
          <button
            type="button"
            className="link"
            onClick={() => void calls.run(() => openHelp({ page: help.page }))}
          >
            {help.words}
          </button>
        </div>
      </div>
    </dialog>,
    document.body,
  )
}
