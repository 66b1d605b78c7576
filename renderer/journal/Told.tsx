import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import { verdictInWords } from '../ui/texts/journal.ts'
import type { Outcome } from './outcome.ts'

/** What the last verification or export came to, in a sentence. */
export function Told({ outcome, onGoTo }: { outcome: Outcome; onGoTo: (seq: number) => void }) {
  const words = texts.journal
  switch (outcome.kind) {
    case 'exported':
      return <Notice tone="info">{words.exported(outcome.rows, outcome.name)}</Notice>
    case 'cancelled':
      return <Notice tone="info">{words.cancelled[outcome.task]}</Notice>
    case 'verified': {
      const { verification } = outcome
      const said = verdictInWords(verification)
      if (said === null) return <Notice tone="info">{words.cancelled.verify}</Notice>
      return (
        <Notice
          tone={said.tone}
          remedy={said.more}
          action={
            verification.kind === 'tampered' ? (
              <Button onClick={() => onGoTo(verification.seq)}>{words.goTo}</Button>
            ) : undefined
          }
        >
          {said.text}
        </Notice>
      )
    }
    default:
      return outcome
  }
}
