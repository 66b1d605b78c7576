import { type ReactNode, useLayoutEffect, useRef } from 'react'
import type { JournalExtract, JournalRowView } from '../../electron/ipc/journal-views.ts'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { inFrench, periodInWords, verdictInWords } from '../ui/texts/journal.ts'
import { filtersInWords } from '../ui/texts/journal-filters.ts'
import { sentenceOf } from '../ui/texts/journal-sentences.ts'
import { parisStamp } from '../ui/texts/paris.ts'
import { useKeydown } from '../ui/useKeydown.ts'

type ExtractProps = { extract: JournalExtract; view: ViewOf<'journal'>; onClose: () => void }

const words = texts.journal.printed

/** « Extrait du journal », as it is printed for a control. */
export function Extract({ extract, view, onClose }: ExtractProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [])
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) onClose()
  })
  const { rows, filter } = extract
  const verdict = verdictInWords(extract.verification)
  return (
    <div className="extract">
      <header className="extract-head">
        <h1 ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        <div className="extract-ways">
          <Button look="primary" onClick={() => window.print()}>
            {words.print}
          </Button>
          <Button onClick={onClose}>{words.close}</Button>
        </div>
      </header>
      <main>
        <dl className="extract-facts">
          <Fact name={words.pharmacy}>{extract.pharmacy}</Fact>
          <Fact name={words.finess}>{extract.finess ?? words.noFiness}</Fact>
          <Fact name={words.workstation}>{extract.workstation}</Fact>
          <Fact name={words.period}>{periodInWords(filter.from, filter.to)}</Fact>
          <Fact name={words.filters}>{filtersInWords(extract, view.modules)}</Fact>
          <Fact name={words.reason}>{extract.reason}</Fact>
          <Fact name={words.by}>{`${extract.by.name} (${extract.by.code})`}</Fact>
          <Fact name={words.at}>{words.utc(extract.at)}</Fact>
          <Fact name={words.rows}>{inFrench(rows.length)}</Fact>
          <Fact name={words.first}>
            <Hash row={rows[0]} />
          </Fact>
          <Fact name={words.last}>
            <Hash row={rows.at(-1)} />
          </Fact>
          <Fact name={words.verification}>
            {verdict !== null && [verdict.text, verdict.more].filter((part) => part !== null).join(' ')}
          </Fact>
        </dl>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.columns.seq}</th>
              <th scope="col">{words.columns.at}</th>
              <th scope="col">{words.columns.utc}</th>
              <th scope="col">{words.columns.operator}</th>
              <th scope="col">{words.columns.event}</th>
              <th scope="col">{words.columns.reference}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.seq}>
                <td className="numbers">{row.seq}</td>
                <td className="numbers nowrap">{parisStamp(row.at)}</td>
                <td className="numbers nowrap">{row.at.replace(/\.\d+Z$/u, 'Z')}</td>
                <td>{operatorIn(row)}</td>
                <td>{sentenceOf(row, 'beside')}</td>
                <td className="numbers nowrap">{row.reference}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p>{words.none}</p>}
        <p className="extract-note">{words.note}</p>
      </main>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Hash({ row }: { row: JournalRowView | undefined }) {
  return row === undefined ? (
    words.none
  ) : (
    <>
      <code>{row.hash}</code> <span className="nowrap">{`(n° ${row.seq})`}</span>
    </>
  )
}

function operatorIn({ operator }: JournalRowView): string {
  if (operator === null) return texts.journal.nobody
  const { code, name } = operator
  return name === null ? texts.journal.gone(code) : `${name}${code === null ? '' : ` (${code})`}`
}
