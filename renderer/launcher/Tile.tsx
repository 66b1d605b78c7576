import { CircleDot, ExternalLink, KeyRound, Lock, type LucideIcon } from 'lucide-react'
import { createElement, useId } from 'react'
import type { ModuleTile } from '../../electron/ipc/views.ts'
import { Clamped } from '../ui/Person.tsx'
import { reservedTo, texts } from '../ui/texts.ts'
import { iconOf } from './icons.ts'

type TileProps = { module: ModuleTile; onOpen: (id: string) => void }

/**
 * One module. Its button holds the label alone, so that its name is exactly what is read on it, and is stretched over
 * the tile; what else is said stands beside it and describes it.
 */
export function Tile({ module, onOpen }: TileProps) {
  const id = useId()
  const notes = notesOf(module)
  const reserved = module.requirement.kind !== 'none'
  return (
    <li className={`tile${reserved ? ' reserved' : ''}${module.open ? ' open' : ''}`}>
      <div className="tile-top">
        {createElement(iconOf(module), { size: 24, strokeWidth: 1.75 })}
        {module.shortcut !== null && <kbd aria-hidden="true">{module.shortcut}</kbd>}
      </div>
      <button
        type="button"
        className="tile-button"
        aria-describedby={notes.length === 0 ? undefined : id}
        aria-keyshortcuts={module.shortcut ?? undefined}
        onClick={() => onOpen(module.id)}
      >
        <Clamped text={module.label} />
      </button>
      {notes.length > 0 && (
        <div className="tile-notes" id={id}>
          {notes.map(({ text, shape: Shape, strong }) => (
            <p key={text} className={strong ? 'tile-note strong' : 'tile-note'}>
              <Shape size={16} />
              {text}
            </p>
          ))}
        </div>
      )}
    </li>
  )
}

type Note = { text: string; shape: LucideIcon; strong: boolean }

/** What is said under the label. A key asks for Pro Santé Connect, a lock keeps for some roles. */
function notesOf({ requirement, open, openedBy, kind }: ModuleTile): Note[] {
  const notes: Note[] = []
  if (open) {
    const text = openedBy === null ? texts.launcher.open : texts.veil.openedBy(openedBy)
    notes.push({ text, shape: CircleDot, strong: true })
  }
  if (requirement.kind === 'psc') {
    notes.push({ text: texts.launcher.pscNeeded, shape: KeyRound, strong: false })
  }
  if (requirement.kind === 'role') {
    notes.push({ text: reservedTo(requirement.roles), shape: Lock, strong: false })
  }
  if (requirement.kind === 'right') {
    notes.push({ text: texts.launcher.rightNeeded, shape: Lock, strong: false })
  }
  if (kind === 'browser') notes.push({ text: texts.launcher.inBrowser, shape: ExternalLink, strong: false })
  return notes
}
