import type { Counter } from '../counter.ts'
import { newReference } from '../journal/reference.ts'
import { fr, texts } from '../../renderer/ui/texts.ts'
import type { TechnicalLog } from './log.ts'
import type { Records } from './records.ts'

type Parts = {
  counter: Pick<Counter, 'session' | 'notify'>
  records: Pick<Records, 'journal'>
  log: TechnicalLog
}

/**
 * What becomes of the counter when a task failed that nobody waited for: it may have been to take an access away, so nobody
 * keeps one. The program goes on, since no turn of it was cut off.
 */
export function createGivenUp({ counter, records, log }: Parts): (cause: unknown) => void {
  return (cause) => {
    const reference = newReference()
    void log.note('a task of the main process failed', { reference, cause })
    counter.session.endAll('program-failed')
    records.journal.appendEventually({
      kind: 'program.failed',
      outcome: 'failed',
      reference,
      details: { stopped: false },
    })
    counter.notify({
      tone: 'mend',
      text: fr(texts.fault.givenUp),
      remedy: fr(texts.fault.givenUpRemedy),
      reference,
    })
  }
}
