import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { diagnosticWindowTexts as words } from '../ui/texts/diagnostic-window.ts'
import { placeOf, shapes } from './Checks.tsx'
import type { Summary } from './summary.ts'

type OverviewProps = { view: ViewOf<'diagnostic'>; summary: Summary }

/** How far it is, then what it comes to, beside what is said over the telephone. */
export function Overview({ view, summary }: OverviewProps) {
  return (
    <div className="overview">
      {view.endedAt === null ? (
        <Course done={summary.done} total={view.checks.length} />
      ) : (
        <Outcome endedAt={view.endedAt} summary={summary} />
      )}
      <Telephone code={view.code} support={view.support} />
    </div>
  )
}

function Course({ done, total }: { done: number; total: number }) {
  const said = words.done(done, total)
  return (
    <section className="outcome">
      <p className="outcome-said">{words.looking}</p>
      <p className="numbers quiet-text" aria-hidden="true">
        {said}
      </p>
      <progress max={total} value={done} aria-label={words.progress} aria-valuetext={said} />
    </section>
  )
}

function Outcome({ endedAt, summary }: { endedAt: string; summary: Summary }) {
  const { mend, watch, points } = summary
  const tone = mend > 0 ? 'mend' : watch > 0 ? 'watch' : 'fine'
  const Shape = { mend: OctagonAlert, watch: TriangleAlert, fine: CircleCheck }[tone]
  const heading = useId()
  return (
    <section className={`outcome ${tone}`} aria-labelledby={heading}>
      <h2 id={heading} className="outcome-said">
        <Shape size={26} />
        {words.points(mend, watch)}
      </h2>
      <p className="quiet-text">{words.endedAt(endedAt)}</p>
      {points.length > 0 && (
        <ul className="points" aria-label={words.toLookAt}>
          {points.map(({ id, number, finding }) => {
            const Mark = shapes[finding.verdict]
            return (
              <li key={id}>
                <button type="button" className={`link ${finding.verdict}`} onClick={() => goTo(placeOf(id))}>
                  <Mark size={18} />
                  {words.numbered(number, id)}
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

function goTo(place: string): void {
  const target = document.querySelector<HTMLElement>(`#${place}`)
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
}

/** The code, as large as it is important, and whom to call. */
function Telephone({ code, support }: Pick<ViewOf<'diagnostic'>, 'code' | 'support'>) {
  const heading = useId()
  const phone = support?.phone ?? null
  return (
    <section className="telephone" aria-labelledby={heading}>
      <h2 id={heading}>{words.code}</h2>
      <p className="assistance-code">
        <span aria-hidden="true">{code ?? '…'}</span>
        <span className="unseen">{code === null ? words.underWay : words.spelled(code)}</span>
      </p>
      <p className="whom">
        {support?.name ?? words.noSupport}
        {phone !== null && <strong className="nowrap">{phone}</strong>}
      </p>
    </section>
  )
}
