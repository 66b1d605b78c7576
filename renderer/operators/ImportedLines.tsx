import { OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ImportReport } from '../../electron/ipc/operator-views.ts'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'

type Line = ImportReport['lines'][number]

/** So many lines are drawn, those to correct first: nobody reads more at once. */
const drawn = 200

/** What was read, line by line, with what is wrong in it. */
export function ImportedLines({ report }: { report: ImportReport }) {
  const words = texts.operators.importing
  const { lines, unreadable } = report
  const wrong = lines.filter(({ faults }) => faults.length > 0)
  const shown = [...wrong, ...lines.filter(({ faults }) => faults.length === 0)].slice(0, drawn)
  const { encoding } = report
  return (
    <>
      <p className="quiet-text">
        {words.of(report.file)}
        {encoding !== null && report.file !== null && ` · ${words.encodings[encoding]}`}
      </p>
      <LiveRegion kind="status">
        <Notice tone={report.acceptable ? 'info' : 'mend'} remedy={report.acceptable ? null : words.correct}>
          {unreadable === null ? words.summary(lines.length, wrong.length) : words.unreadable[unreadable]}
        </Notice>
      </LiveRegion>
      {lines.length > 0 && (
        <table className="import-lines numbers">
          <thead>
            <tr>
              {words.heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <LineRow key={line.line} line={line} />
            ))}
          </tbody>
        </table>
      )}
      {lines.length > shown.length && <p className="quiet-text">{words.more(lines.length - shown.length)}</p>}
    </>
  )
}

/** What is wrong stands under its line, as wide as the table. */
function LineRow({ line: { line, code, name, role, rpps, faults, remarks } }: { line: Line }) {
  const words = texts.operators.importing
  return (
    <>
      <tr>
        <th scope="row">{line}</th>
        <td>{code}</td>
        <td>{name}</td>
        <td>{role}</td>
        <td>{rpps}</td>
      </tr>
      {faults.length + remarks.length > 0 && (
        <tr className="line-faults">
          <td colSpan={5}>
            <ul>
              {faults.map((fault) => (
                <li key={fault} className="mend">
                  <OctagonAlert size={16} />
                  {words.faults[fault]}
                </li>
              ))}
              {remarks.map((remark) => (
                <li key={remark} className="watch">
                  <TriangleAlert size={16} />
                  {words.remarks[remark]}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  )
}
