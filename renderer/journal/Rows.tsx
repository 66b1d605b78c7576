import { Ban, TriangleAlert } from 'lucide-react'
import {
  type KeyboardEvent,
  memo,
  type MouseEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { JournalRowView } from '../../electron/ipc/journal-views.ts'
import { texts } from '../ui/texts.ts'
import { sentenceOf } from '../ui/texts/journal-sentences.ts'
import { parisStamp } from '../ui/texts/paris.ts'
import type { Pages } from './pages.ts'
import { rowsInSight, scaleOf } from './scroll.ts'
import { createScroller } from './scroller.ts'
import { useRowHeight } from './useRowHeight.ts'

export type RowsHandle = { readonly focus: () => void; readonly show: (index: number) => void }

type RowsProps = {
  ref: Ref<RowsHandle>
  pages: Pages
  busy: boolean
  selected: number | null
  onSelect: (index: number) => void
  /** Enter, or a click: the detail is wanted. `key`: by the keyboard, which goes there. */
  onOpen: (index: number, by: 'key' | 'pointer') => void
}

const columns = texts.journal.columns

/** The rows of the journal, newest first. One of them is chosen by the arrows; Enter opens it. */
export function Rows({ ref, pages, busy, selected, onSelect, onOpen }: RowsProps) {
  const frame = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLTableSectionElement>(null)
  const table = useRef<HTMLTableElement>(null)
  const rowHeight = useRowHeight()
  const { total } = pages
  const [scroller] = useState(createScroller)
  const { position, viewport } = useSyncExternalStore(scroller.subscribe, scroller.sight)
  const { first, last } = rowsInSight(position, total, rowHeight, viewport)
  useLayoutEffect(() => {
    if (frame.current === null || head.current === null) return undefined
    return scroller.attach(frame.current, head.current)
  }, [scroller])
  useLayoutEffect(() => scroller.fit(pages, total, rowHeight), [scroller, pages, total, rowHeight])
  useEffect(() => pages.want(first, last), [pages, first, last])
  useImperativeHandle(ref, () => ({ focus: () => table.current?.focus(), show: scroller.show }))

  const goTo = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index))
    onSelect(next)
    scroller.show(next)
  }
  const hear = (event: KeyboardEvent): void => {
    if (total === 0 || event.altKey || event.metaKey) return
    const now = selected ?? -1
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1)
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: now + 1,
      ArrowUp: selected === null ? 0 : now - 1,
      PageDown: Math.max(0, now) + page,
      PageUp: Math.max(0, now) - page,
      Home: 0,
      End: total - 1,
    }
    const next = moves[event.key]
    if (next !== undefined) {
      event.preventDefault()
      goTo(next)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen(Math.max(0, now), 'key')
    }
  }

  const click = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
    if (row !== null) onOpen(Number(row.dataset['index']), 'pointer')
  }

  const shown = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index)
  return (
    <div ref={frame} className="rows">
      <table
        ref={table}
        role="grid"
        aria-label={texts.journal.table}
        aria-rowcount={total + 1}
        aria-busy={busy}
        aria-activedescendant={
          selected !== null && selected >= first && selected < last ? idOf(selected) : undefined
        }
        tabIndex={0}
        onKeyDown={hear}
        onClick={click}
      >
        <thead ref={head}>
          <tr className="row" aria-rowindex={1}>
            <th scope="col">{columns.at}</th>
            <th scope="col">{columns.operator}</th>
            <th scope="col">{columns.event}</th>
            <th scope="col">{columns.reference}</th>
          </tr>
        </thead>
        <tbody style={{ transform: `translateY(${first * rowHeight - position}px)` }}>
          {shown.map((index) => (
            <Row
              key={index}
              index={index}
              row={pages.rowAt(index)}
              height={rowHeight}
              selected={index === selected}
            />
          ))}
        </tbody>
      </table>
      <div style={{ height: Math.max(0, scaleOf(total, rowHeight, viewport).height - viewport) }} />
    </div>
  )
}

type RowProps = {
  index: number
  row: JournalRowView | null
  height: number
  selected: boolean
}

const Row = memo(function Row({ index, row, height, selected }: RowProps) {
  return (
    <tr
      id={idOf(index)}
      className={selected ? 'row selected' : 'row'}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ height }}
    >
      {row === null ? <Awaited /> : <Cells row={row} />}
    </tr>
  )
})

function Cells({ row }: { row: JournalRowView }) {
  const sentence = sentenceOf(row, 'beside')
  return (
    <>
      <td className="numbers at">{parisStamp(row.at)}</td>
      <td className="one-line by">
        <Operator operator={row.operator} />
      </td>
      <td className="event" title={sentence}>
        {row.outcome === 'refused' && <Ban size={15} />}
        {row.outcome === 'failed' && <TriangleAlert size={15} />}
        <span className="one-line">{sentence}</span>
      </td>
      <td className="numbers ref">{row.reference}</td>
    </>
  )
}

function Operator({ operator }: Pick<JournalRowView, 'operator'>) {
  if (operator === null) return <span className="nobody">{texts.journal.nobody}</span>
  const { code, name } = operator
  if (name === null) return <>{texts.journal.gone(code)}</>
  return (
    <>
      {code !== null && <span className="code">{code}</span>}
      {name}
    </>
  )
}

/** A bar where its text will come. */
function Awaited() {
  return (
    <td className="awaited">
      <span className="unseen">{texts.journal.loadingRow}</span>
    </td>
  )
}

function idOf(index: number): string {
  return `row-${index}`
}
