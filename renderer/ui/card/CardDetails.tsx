import type { Bridge } from '../../../electron/ipc/contract.ts'
import type { Card, CardSnapshot, Remark } from '../../../native/card/states.ts'
import { Button } from '../Button.tsx'
import { LiveRegion } from '../LiveRegion.tsx'
import { Details } from '../pill/Details.tsx'
import { Facts } from '../pill/Facts.tsx'
import { Said } from '../pill/Said.tsx'
import { texts } from '../texts.ts'
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

/** All that is known of the card and its reader, and « Tester ma carte ». */
export function CardDetails({ card, bridge, announced, onClose }: CardDetailsProps) {
  const words = texts.card
  const testing = useCardTest(bridge.testCard)
  const { state } = card
  return (
    <Details
      title={words.details}
      announced={announced}
      said={<CardSaid {...words.state(state)} />}
      help={{ page: 'card', words: words.help }}
      openHelp={bridge.openHelp}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={testing.busy ? testing.stop : testing.start}>
          {testing.busy ? words.stopTesting : words.test}
        </Button>
      }
      told={
        <LiveRegion kind="status" className="details-told">
          {testing.busy && words.testing}
          {testing.tested !== null &&
            words.tested(testing.tested.snapshot.state, testing.tested.milliseconds)}
        </LiveRegion>
      }
      failure={testing.failure}
    >
      {state.kind === 'card' && <OneCard card={state.card} remarks={state.remarks.slice(1)} />}
      {state.kind === 'several-cards' &&
        state.cards.map((one) => (
          <section key={`${one.reader} ${one.label}`} className="one-card">
            <h3>{words.name(one)}</h3>
            <Facts facts={words.facts(one)} />
          </section>
        ))}
      <Facts facts={words.snapshotFacts(card)} />
    </Details>
  )
}

function CardSaid(text: ReturnType<typeof texts.card.state>) {
  return <Said {...text} Shape={toneShapes[text.tone]} />
}

/** What else there is to say of the card, then its facts. */
function OneCard({ card, remarks }: { card: Card; remarks: readonly Remark[] }) {
  return (
    <>
      {remarks.map((remark) => (
        <CardSaid key={remark} {...texts.card.remark(remark, card)} />
      ))}
      <Facts facts={texts.card.facts(card)} />
    </>
  )
}
