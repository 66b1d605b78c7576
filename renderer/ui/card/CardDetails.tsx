import { useId, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Bridge } from '../../../electron/ipc/contract.ts'
import type { Card, CardSnapshot, Remark } from '../../../native/card/states.ts'
import { Button } from '../Button.tsx'
import { Failure } from '../Failure.tsx'
import { LiveRegion } from '../LiveRegion.tsx'
import { texts } from '../texts.ts'
import type { Fact } from '../texts/card-facts.ts'
import { useCall } from '../useCall.ts'
import { toneShapes } from './tones.ts'
import { useCardTest } from './useCardTest.ts'

/** The calls of a window that shows the card. */
export type CardBridge = Pick<Bridge<'launcher'>, 'testCard' | 'openHelp'>

type CardDetailsProps = {
  card: CardSnapshot
  bridge: CardBridge
  announced: string
  onClose: () => void
}

/** All that is known of the card and its reader, over the window: Escape closes it and reaches nothing under it. */
export function CardDetails({ card, bridge, announced, onClose }: CardDetailsProps) {
  const words = texts.card
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const title = useId()
  const said = useId()
  const testing = useCardTest(bridge.testCard)
  const help = useCall('single')
  const { state } = card

  // The heading: it is read first, and an Enter still held presses nothing.
  useLayoutEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
    heading.current?.focus()
  }, [])

  // Out of the form that the pill may stand in: nothing of the one is the other's.
  return createPortal(
    <dialog
      ref={dialog}
      className="card-details"
      aria-labelledby={title}
      aria-describedby={said}
      onClose={onClose}
    >
      <div className="card-details-body">
        <LiveRegion kind="status" className="unseen">
          {announced}
        </LiveRegion>
        <h2 ref={heading} id={title} tabIndex={-1} className="unseen">
          {words.details}
        </h2>
        <div id={said}>
          <Said {...words.state(state)} />
        </div>
        {state.kind === 'card' && <OneCard card={state.card} remarks={state.remarks.slice(1)} />}
        {state.kind === 'several-cards' &&
          state.cards.map((one) => (
            <section key={`${one.reader} ${one.label}`} className="one-card">
              <h3>{words.name(one)}</h3>
              <Facts facts={words.facts(one)} />
            </section>
          ))}
        <Facts facts={words.snapshotFacts(card)} />
      </div>
      <div className="card-details-end">
        <LiveRegion kind="status" className="card-tested">
          {testing.busy && words.testing}
          {testing.tested !== null &&
            words.tested(testing.tested.snapshot.state, testing.tested.milliseconds)}
        </LiveRegion>
        <Failure error={testing.failure ?? help.failure} />
        <div className="card-details-actions">
          <Button look="primary" onClick={testing.busy ? testing.stop : testing.start}>
            {testing.busy ? words.stopTesting : words.test}
          </Button>
          <Button onClick={() => dialog.current?.close()}>{words.close}</Button>
          <button
            type="button"
            className="link"
            onClick={() => void help.run(() => bridge.openHelp({ page: 'card' }))}
          >
            {words.help}
          </button>
        </div>
      </div>
    </dialog>,
    document.body,
  )
}

/** What is the matter and what to do, with the shape of its tone. */
function Said({ text, remedy, tone }: ReturnType<typeof texts.card.state>) {
  const Shape = toneShapes[tone]
  return (
    <div className={`card-said ${tone}`}>
      <Shape size={22} />
      <div>
        <p className="what">{text}</p>
        {remedy !== null && <p>{remedy}</p>}
      </div>
    </div>
  )
}

/** What else there is to say of the card, then its facts. */
function OneCard({ card, remarks }: { card: Card; remarks: readonly Remark[] }) {
  return (
    <>
      {remarks.map((remark) => (
        <Said key={remark} {...texts.card.remark(remark, card)} />
      ))}
      <Facts facts={texts.card.facts(card)} />
    </>
  )
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null
  return (
    <dl className="card-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
