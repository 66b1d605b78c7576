import { Ban, TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { CallError } from '../../electron/ipc/result.ts'
import type { ViewOf } from '../../electron/ipc/views.ts'
import type { JournalRowView } from '../../electron/ipc/journal-views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import { sentenceOf } from '../ui/texts/journal-sentences.ts'
import { parisClock, parisLongDay } from '../ui/texts/paris.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { byDay, type Day, nearness } from './days.ts'
import { PasswordModal } from './PasswordModal.tsx'

const words = texts.connections
const atOnce = 100

type Read = {
  readonly total: number
  readonly upTo: number
  readonly rows: readonly JournalRowView[]
  /** When it was read: « Aujourd'hui » is that day. */
  readonly at: Date
}

/** « Mes connexions »: what the journal holds at one's own name, and one's own password. */
export function Connections({ view }: { view: ViewOf<'connections'> }) {
  const bridge = bridgeOf('connections')
  const [read, setRead] = useState<Read | null>(null)
  const [failure, setFailure] = useState<CallError | null>(null)
  const [asking, setAsking] = useState(false)
  const [changed, setChanged] = useState(false)
  const [barcode, setBarcode] = useState(false)
  useScanner((field) => setBarcode(field !== null))
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) window.close()
  })

  const take = useCallback(
    async (before: Read | null): Promise<void> => {
      const answer = await bridge.ownConnections({
        upTo: before?.upTo ?? null,
        offset: before?.rows.length ?? 0,
        limit: atOnce,
      })
      if (!answer.ok) return setFailure(answer.error)
      const { value } = answer
      setFailure(null)
      setRead({ ...value, rows: [...(before?.rows ?? []), ...value.rows], at: new Date() })
    },
    [bridge],
  )
  useEffect(() => {
    const begin = async (): Promise<void> => {
      await take(null)
    }
    void begin()
  }, [take])

  const { operator } = view
  return (
    <div className="connections">
      <header className="connections-head">
        <div>
          <h1>{words.title}</h1>
          <p className="quiet-text">{texts.launcher.operator(operator.code, operator.name)}</p>
        </div>
        <div className="connections-ways">
          <Button onClick={() => void take(null)}>{words.refresh}</Button>
          <Button
            look="primary"
            onClick={() => {
              setChanged(false)
              setBarcode(false)
              setAsking(true)
            }}
          >
            {words.changePassword}
          </Button>
          <HelpLink page="journal" openHelp={bridge.openHelp} inRow />
        </div>
      </header>
      <main>
        <LiveRegion kind="status">{changed && <Notice tone="info">{words.password.done}</Notice>}</LiveRegion>
        <div className="paragraphs">
          <p>{words.told(view.retentionMonths)}</p>
          <p>{words.warning}</p>
          <div>
            <button
              type="button"
              className="link what-it-proves"
              onClick={() => void bridge.openHelp({ page: 'journal' })}
            >
              {words.what}
            </button>
          </div>
        </div>
        <Failure error={failure} />
        <output className="quiet-text numbers">
          {read === null ? failure === null && words.loading : words.count(read.rows.length, read.total)}
        </output>
        {read?.total === 0 && <p>{words.empty}</p>}
        {read !== null && byDay(read.rows).map((day) => <DayOf key={day.day} {...day} now={read.at} />)}
        {read !== null && read.rows.length < read.total && (
          <div>
            <Button onClick={() => void take(read)}>{words.earlier}</Button>
          </div>
        )}
      </main>
      {asking && (
        <PasswordModal
          operator={operator}
          pharmacy={view.pharmacy}
          barcode={barcode}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false)
            setChanged(true)
            void take(null)
          }}
        />
      )}
    </div>
  )
}

function DayOf({ day, rows, now }: Day & { now: Date }) {
  const near = nearness(day, now)
  const title = near === 'earlier' ? parisLongDay(rows[0]?.at ?? day) : words[near]
  return (
    <section aria-label={title} className="day">
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.seq}>
            <time className="numbers" dateTime={row.at} title={row.at}>
              {parisClock(row.at)}
            </time>
            <span className="what-happened">
              {row.outcome === 'refused' && <Ban size={15} />}
              {row.outcome === 'failed' && <TriangleAlert size={15} />}
              {sentenceOf(row, 'beside')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
