import { CircleDot, Lock, Stethoscope, Sunset } from 'lucide-react'
import { createElement, useId } from 'react'
import type { ModuleTile } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import { dayTexts } from '../ui/texts/day.ts'
import { iconOf } from './icons.ts'

type BuiltInProps = {
  pages: readonly ModuleTile[]
  onOpen: (id: string) => void
  onDiagnostic: () => void
  onAbout: () => void
  /** Null where no session is held here. */
  onCloseDay: (() => void) | null
}

/** Comptoir's own pages, below the modules, and the end of the day. */
export function BuiltIn({ pages, onOpen, onDiagnostic, onAbout, onCloseDay }: BuiltInProps) {
  return (
    <nav className="built-in" aria-label={texts.launcher.builtIn}>
      <ul>
        {pages.map((page) => (
          <li key={page.id}>
            <Page page={page} onOpen={onOpen} />
          </li>
        ))}
        <li>
          <button type="button" className="built-in-page" onClick={onDiagnostic}>
            <Stethoscope size={18} />
            {texts.builtIn.diagnostic}
          </button>
        </li>
        <li>
          <button type="button" className="built-in-page" onClick={onAbout}>
            {texts.help.pages.about}
          </button>
        </li>
        {onCloseDay !== null && (
          <li className="close-day">
            <button type="button" className="built-in-page" onClick={onCloseDay}>
              <Sunset size={18} />
              {dayTexts.close}
            </button>
          </li>
        )}
      </ul>
    </nav>
  )
}

function Page({ page, onOpen }: { page: ModuleTile; onOpen: (id: string) => void }) {
  const id = useId()
  const note = noteOf(page)
  return (
    <>
      <button
        type="button"
        className="built-in-page"
        aria-describedby={note === null ? undefined : id}
        title={note ?? undefined}
        onClick={() => onOpen(page.id)}
      >
        {createElement(iconOf(page), { size: 18 })}
        {page.label}
        {page.requirement.kind === 'right' && <Lock size={14} />}
        {page.open && <CircleDot size={14} />}
      </button>
      {note !== null && (
        <span className="unseen" id={id}>
          {note}
        </span>
      )}
    </>
  )
}

function noteOf({ requirement, open, openedBy }: ModuleTile): string | null {
  if (requirement.kind === 'right') return texts.launcher.rightNeeded
  if (!open) return null
  return openedBy === null ? texts.launcher.open : texts.veil.openedBy(openedBy)
}
