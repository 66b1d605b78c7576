import type { CardSnapshot, CardStateKind } from '../../../native/card/states.ts'
import { Pill, useOpening } from '../pill/Pill.tsx'
import { texts } from '../texts.ts'
import { type CardBridge, CardDetails } from './CardDetails.tsx'
import { toneShapes } from './tones.ts'
import './card.css'

type CardPillProps = { card: CardSnapshot; bridge: CardBridge }

const passing: ReadonlySet<CardStateKind> = new Set(['searching', 'reading'])

/** The card in one line; pressed, all there is to know of it. */
export function CardPill({ card, bridge }: CardPillProps) {
  const { text, tone } = texts.card.state(card.state)
  const opening = useOpening(text, !passing.has(card.state.kind))
  return (
    <Pill about="card" text={text} tone={tone} Shape={toneShapes[tone]} opening={opening}>
      <CardDetails card={card} bridge={bridge} announced={opening.announced} onClose={opening.onClose} />
    </Pill>
  )
}
