import { useEffect, useRef, useState } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import type { CallError, Result } from '../../electron/ipc/result.ts'
import type { JournalExtract } from '../../electron/ipc/journal-views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { Detail } from './Detail.tsx'
import { ExportModal } from './ExportModal.tsx'
import { Extract } from './Extract.tsx'
import { ExtractModal } from './ExtractModal.tsx'
import { type FilterForm, filterOf, nothingFiltered } from './filter-form.ts'
import { Filters } from './Filters.tsx'
import type { Outcome } from './outcome.ts'
import { Rows, type RowsHandle } from './Rows.tsx'
import { Task } from './Task.tsx'
import { Told } from './Told.tsx'
import { answered, type Listed, useJournal } from './useJournal.ts'

const words = texts.journal
const everything = filterOf(nothingFiltered, new Date())

/** « Journal »: who did what, newest first; verified, exported, and printed for a control. */
export function Journal({ view }: { view: ViewOf<'journal'> }) {
  const bridge = bridgeOf('journal')
  const [form, setForm] = useState<FilterForm>(nothingFiltered)
  const { listed, busy, failure, newer, list } = useJournal(bridge, everything)
  const [selected, setSelected] = useState<number | null>(null)
  const [opened, setOpened] = useState(false)
  const [asking, setAsking] = useState<'export' | 'extract' | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [refused, setRefused] = useState<CallError | null>(null)
  const [extract, setExtract] = useState<JournalExtract | null>(null)
  const rows = useRef<RowsHandle>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const close = (): void => {
    setOpened(false)
    rows.current?.focus()
  }
  useScanner()
  useKeydown((event) => {
    if (event.key === 'Escape' && opened) close()
  })

  // The arrows are at once those of the list.
  const shown = listed !== null
  useEffect(() => {
    if (shown) rows.current?.focus()
  }, [shown])

  const show = (next: FilterForm): Promise<Listed | null> => {
    setForm(next)
    setSelected(null)
    setOpened(false)
    return list(filterOf(next, new Date()))
  }
  const open = (index: number, by: 'key' | 'pointer'): void => {
    setSelected(index)
    setOpened(true)
    // Once the panel is there.
    if (by === 'key') requestAnimationFrame(() => heading.current?.focus())
  }
  /** One thing that lasts, and what it came to. */
  const perform = async <T,>(
    call: () => Promise<Result<T>>,
    told: (value: T) => Outcome | null,
  ): Promise<void> => {
    setOutcome(null)
    setRefused(null)
    const answer = await answered(call)
    if (answer.ok) setOutcome(told(answer.value))
    else setRefused(answer.error)
  }
  const verify = (): Promise<void> =>
    perform(
      () => bridge.verifyJournal(),
      (verification) => ({ kind: 'verified', verification }),
    )
  const exportRows = (format: 'csv' | 'jsonl'): void => {
    setAsking(null)
    if (listed === null) return
    const { filter } = listed
    void perform(
      () => bridge.exportJournal({ filter, format }),
      (written) => (written === null ? null : { kind: 'exported', ...written }),
    )
  }
  const makeExtract = (reason: string): void => {
    setAsking(null)
    if (listed === null) return
    const { filter } = listed
    void perform(
      () => bridge.extractJournal({ filter, reason }),
      (made) => {
        setExtract(made)
        return made === null ? { kind: 'cancelled', task: 'extract' } : null
      },
    )
  }
  const goTo = async (seq: number): Promise<void> => {
    const all = await show(nothingFiltered)
    if (all === null) return
    const before = await answered(() => bridge.journalCount({ filter: all.filter, upTo: seq }))
    if (!before.ok) return setRefused(before.error)
    // A row that is missing is looked for where it stood.
    const index = Math.max(0, Math.min(all.pages.total - 1, all.pages.total - before.value.total))
    setSelected(index)
    setOpened(true)
    rows.current?.show(index)
    rows.current?.focus()
  }

  if (extract !== null) return <Extract extract={extract} view={view} onClose={() => setExtract(null)} />
  const total = listed?.pages.total ?? 0
  return (
    <div className="journal">
      <header className="journal-head">
        <h1>{words.title}</h1>
        <output className="quiet-text numbers">{listed === null ? words.loading : words.lines(total)}</output>
        <div className="journal-actions">
          {newer > 0 && (
            <Button onClick={() => void show(form)}>
              {words.refreshName}
              <span className="quiet-text numbers">{words.refresh(newer)}</span>
            </Button>
          )}
          <Button busy={view.task !== null} onClick={() => void verify()}>
            {words.verify}
          </Button>
          <Button busy={view.task !== null || listed === null} onClick={() => setAsking('export')}>
            {words.export}
          </Button>
          <Button busy={view.task !== null || listed === null} onClick={() => setAsking('extract')}>
            {words.extract}
          </Button>
          <HelpLink page="journal" openHelp={bridge.openHelp} inRow />
        </div>
      </header>
      <Filters
        form={form}
        onChange={(next) => void show(next)}
        modules={view.modules}
        searchPeople={bridge.journalPeople}
      />
      <div className="journal-told">
        {view.task !== null && <Task task={view.task} onCancel={() => void bridge.cancelJournalTask()} />}
        <LiveRegion kind="status">
          {outcome !== null && <Told outcome={outcome} onGoTo={(seq) => void goTo(seq)} />}
        </LiveRegion>
        <Failure error={refused ?? failure} />
      </div>
      <main className={opened ? 'journal-body opened' : 'journal-body'}>
        {listed !== null && (
          <Rows
            ref={rows}
            pages={listed.pages}
            busy={busy}
            selected={selected}
            onSelect={setSelected}
            onOpen={open}
          />
        )}
        {listed !== null && total === 0 && <p className="journal-empty">{words.empty}</p>}
        {opened && (
          <Detail
            row={selected === null ? null : (listed?.pages.rowAt(selected) ?? null)}
            heading={heading}
            bridge={bridge}
            onClose={close}
          />
        )}
      </main>
      {asking === 'export' && (
        <ExportModal count={total} onExport={exportRows} onClose={() => setAsking(null)} />
      )}
      {asking === 'extract' && (
        <ExtractModal count={total} onMake={makeExtract} onClose={() => setAsking(null)} />
      )}
    </div>
  )
}
