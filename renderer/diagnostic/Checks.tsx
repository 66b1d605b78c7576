import { CircleCheck, CircleHelp, LoaderCircle, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { CheckId } from '../../electron/diagnostic/finding.ts'
import type { CheckView } from '../../electron/ipc/diagnostic-views.ts'
import type { HelpPage } from '../../electron/ipc/views.ts'
import { diagnosticTexts } from '../ui/texts/diagnostic.ts'
import { diagnosticWindowTexts as words } from '../ui/texts/diagnostic-window.ts'
import { texts } from '../ui/texts.ts'

/** Each verdict has a shape of its own, so that colour is never alone. */
export const shapes = { fine: CircleCheck, watch: TriangleAlert, mend: OctagonAlert } as const

/** Where a check stands in the page. */
export function placeOf(id: CheckId): string {
  return `check-${id}`
}

type ChecksProps = { checks: readonly CheckView[]; openHelp: (page: HelpPage) => void }

/** Every check at its number, so that « le sept » is found at once by who is on the telephone. */
export function Checks({ checks, openHelp }: ChecksProps) {
  return (
    <ol className="checks" aria-label={words.checks}>
      {checks.map((check) => (
        <Check key={check.id} check={check} openHelp={openHelp} />
      ))}
    </ol>
  )
}

function Check({ check, openHelp }: { check: CheckView; openHelp: ChecksProps['openHelp'] }) {
  const { id, number, finding } = check
  const { help } = diagnosticTexts.checks[id]
  const page = words.help(texts.help.pages[help])
  const verdict = finding?.verdict ?? 'under-way'
  const remedy = finding?.remedy ?? null
  return (
    <li className={`check ${verdict}`}>
      <div className="check-said">
        <h3 id={placeOf(id)} tabIndex={-1}>
          {words.numbered(number, id)}
        </h3>
        {finding !== null && <p className="found">{finding.text}</p>}
        {remedy !== null && <p className="remedy">{remedy}</p>}
      </div>
      <Badge finding={finding} />
      <button
        type="button"
        className="check-help"
        aria-label={page}
        title={page}
        onClick={() => openHelp(help)}
      >
        <CircleHelp size={20} />
      </button>
    </li>
  )
}

function Badge({ finding }: Pick<CheckView, 'finding'>) {
  if (finding === null) {
    return (
      <p className="badge">
        <LoaderCircle size={16} />
        {words.underWay}
      </p>
    )
  }
  const Shape = shapes[finding.verdict]
  return (
    <p className={`badge ${finding.verdict}`}>
      <Shape size={16} />
      {diagnosticTexts.verdicts[finding.verdict]}
    </p>
  )
}
