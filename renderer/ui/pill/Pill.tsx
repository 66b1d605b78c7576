import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { LiveRegion } from '../LiveRegion.tsx'
import type { Tone } from './Said.tsx'
import { useAnnounced } from './useAnnounced.ts'
import './pill.css'

/** Whether the details of a pill are shown, and what is announced there or here. */
type Opening = {
  readonly open: boolean
  readonly announced: string
  readonly onOpen: () => void
  readonly onClose: () => void
}

/** `settled`: whether the state is there to stay. */
export function useOpening(text: string, settled = true): Opening {
  const [open, setOpen] = useState(false)
  const announced = useAnnounced(settled, text)
  return { open, announced, onOpen: () => setOpen(true), onClose: () => setOpen(false) }
}

type PillProps = {
  /** What it is about: the name of its place, which is as large as its longest text. */
  about: 'card' | 'psc'
  lines?: 'one-line' | 'two-lines'
  text: string
  tone: Tone
  Shape: LucideIcon
  opening: Opening
  /** All there is to know, over the window, once it is open. */
  children: ReactNode
}

/** A state in a few words; pressed, all there is to know of it. Its place keeps its size whatever it says. */
export function Pill({ about, lines = 'one-line', text, tone, Shape, opening, children }: PillProps) {
  const { open, announced, onOpen } = opening
  return (
    <div className={`pill-place ${about}-place`}>
      <button
        type="button"
        className={`pill pill-button ${about}-pill ${tone}`}
        aria-haspopup="dialog"
        title={text}
        onClick={onOpen}
      >
        <Shape size={18} />
        <span className={lines}>{text}</span>
      </button>
      <LiveRegion kind="status" className="unseen">
        {!open && announced}
      </LiveRegion>
      {open && children}
    </div>
  )
}
