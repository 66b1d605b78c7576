import { useEffectEvent, useLayoutEffect } from 'react'
import type { Bridge } from '../../electron/ipc/contract.ts'
import type { HelpPage } from '../../electron/ipc/views.ts'
import { texts } from './texts.ts'
import './help-link.css'

type HelpLinkProps = {
  /** The page that fits what is shown. */
  page: HelpPage
  openHelp: Bridge<'help'>['openHelp']
  /** In a row at the top right of the window, rather than over that corner. */
  inRow?: boolean
}

/**
 * « Aide (F1) », at the top right of each window: the last one that Tab comes to. F1 is heard wherever the focus is, in
 * a modal dialog too; held down, it opens one page.
 */
export function HelpLink({ page, openHelp, inRow = false }: HelpLinkProps) {
  const open = (): void => void openHelp({ page })
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'F1') return
    event.preventDefault()
    if (!event.repeat) open()
  })
  useLayoutEffect(() => {
    const relay = (event: KeyboardEvent): void => hear(event)
    window.addEventListener('keydown', relay)
    return () => window.removeEventListener('keydown', relay)
  }, [])
  return (
    <button
      type="button"
      className={inRow ? 'link help-link' : 'link help-link corner'}
      aria-keyshortcuts="F1"
      onClick={open}
    >
      {texts.help.link}
    </button>
  )
}
