import { useState } from 'react'
import type { CardSnapshot } from '../../../native/card/states.ts'
import { LiveRegion } from '../LiveRegion.tsx'
import { texts } from '../texts.ts'
import { type CardBridge, CardDetails } from './CardDetails.tsx'
import { toneShapes } from './tones.ts'
import { useAnnounced } from './useAnnounced.ts'
import './card.css'

type CardPillProps = { card: CardSnapshot; bridge: CardBridge }

/** The card in one line; pressed, all there is to know of it. Its place keeps its size whatever it says. */
export function CardPill({ card, bridge }: CardPillProps) {
  const [open, setOpen] = useState(false)
  const { text, tone } = texts.card.state(card.state)
  const announced = useAnnounced(card.state.kind, text)
  const Shape = toneShapes[tone]
  return (
    <div className="card-place">
      <button
        type="button"
        className={`pill card-pill ${tone}`}
        aria-haspopup="dialog"
        title={text}
        onClick={() => setOpen(true)}
      >
        <Shape size={18} />
        <span className="one-line">{text}</span>
      </button>
      <LiveRegion kind="status" className="unseen">
        {!open && announced}
      </LiveRegion>
      {open && (
        <CardDetails card={card} bridge={bridge} announced={announced} onClose={() => setOpen(false)} />
      )}
    </div>
  )
}
