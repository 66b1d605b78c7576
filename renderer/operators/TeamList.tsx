import { type KeyboardEvent, type RefObject, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { OperatorRow } from '../../electron/ipc/operator-views.ts'
import { roleNames, texts } from '../ui/texts.ts'
import { Badges } from './Badges.tsx'
import { moved, sightOf } from './moved.ts'
import type { Team } from './useTeam.ts'

/** The height of a row, in CSS pixels: operators.css draws it so. */
const rowHeight = 64

type TeamListProps = {
  ref: RefObject<HTMLUListElement | null>
  team: Pick<Team, 'rowAt' | 'see'> & { readonly total: number }
  /** Whose sheet is open. */
  opened: string | null
  /** `byKey`: the focus is to follow. */
  onOpen: (id: string, byKey: boolean) => void
}

/**
 * The operators found, as many as there are: only those in sight are drawn, and the one that Tab leads to. The arrows,
 * Home and End lead from one to the other.
 */
export function TeamList({ ref, team, opened, onOpen }: TeamListProps) {
  const { total, rowAt, see } = team
  const [active, setActive] = useState(0)
  const [sight, setSight] = useState({ first: 0, last: 0 })
  /** A key has moved the place: the focus is to go there once it is drawn. */
  const following = useRef(false)
  const current = Math.min(active, total - 1)

  const look = (): void => {
    const list = ref.current
    if (list === null) return
    const { first, last } = sightOf(list.scrollTop, list.clientHeight, rowHeight)
    see(first, Math.min(last, total - 1))
    setSight((now) => (now.first === first && now.last === last ? now : { first, last }))
  }
  const resized = useEffectEvent(look)
  useLayoutEffect(() => {
    const list = ref.current
    if (list === null) return undefined
    const observer = new ResizeObserver(() => resized())
    observer.observe(list)
    return () => observer.disconnect()
  }, [ref])
  useLayoutEffect(() => {
    if (!following.current) return
    following.current = false
    placeOf(ref.current)?.focus({ preventScroll: true })
  })

  const hear = (event: KeyboardEvent): void => {
    const list = ref.current
    if (list === null || event.ctrlKey || event.altKey || event.metaKey) return
    const next = moved(event.key, current, total, Math.floor(list.clientHeight / rowHeight) - 1)
    if (next === null) return
    event.preventDefault()
    following.current = true
    setActive(next)
    const top = next * rowHeight
    const lowest = top + rowHeight - list.clientHeight
    if (top < list.scrollTop) list.scrollTop = top
    else if (lowest > list.scrollTop) list.scrollTop = lowest
  }

  const inSight = Array.from({ length: sight.last - sight.first + 1 }, (_, n) => sight.first + n)
  const drawn = inSight.filter((index) => index < total)
  if (!drawn.includes(current)) drawn.push(current)
  return (
    <ul ref={ref} className="team-rows" aria-label={texts.operators.list} onScroll={look}>
      {drawn.map((index) => {
        const row = rowAt(index)
        return (
          <li
            key={index}
            aria-setsize={total}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${index * rowHeight}px)` }}
          >
            <button
              type="button"
              className="team-row"
              tabIndex={index === current ? 0 : -1}
              aria-current={row !== null && row.id === opened ? true : undefined}
              onKeyDown={hear}
              onClick={({ detail }) => {
                setActive(index)
                // A key presses without a click's count.
                if (row !== null) onOpen(row.id, detail === 0)
              }}
            >
              {row === null ? '…' : <Row row={row} />}
            </button>
          </li>
        )
      })}
      <li className="team-length" style={{ height: total * rowHeight }} aria-hidden="true" />
    </ul>
  )
}

/** The row that Tab leads to. */
export function placeOf(list: HTMLElement | null): HTMLElement | null {
  return list?.querySelector<HTMLElement>('[tabindex="0"]') ?? null
}

function Row({ row }: { row: OperatorRow }) {
  const { noRpps } = texts.operators
  return (
    <>
      <span className="team-code numbers">{row.code}</span>{' '}
      <span className="team-who">
        <span className="team-name one-line" title={row.name}>
          {row.name}
        </span>{' '}
        <span className="team-more">
          <Badges operator={row} />{' '}
          <span className="one-line">
            {roleNames[row.role]} · {row.rpps === null ? noRpps : texts.launcher.rpps(row.rpps)}
          </span>
        </span>
      </span>
    </>
  )
}
