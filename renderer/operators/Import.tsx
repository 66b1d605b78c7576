import { useLayoutEffect, useState } from 'react'
import type { ImportReport } from '../../electron/ipc/operator-views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import type { Desk } from './asking.ts'
import { ImportedLines } from './ImportedLines.tsx'
import { ImportForm } from './ImportForm.tsx'
import { useHeading } from './useHeading.ts'

type ImportProps = { desk: Desk; onEdited: (edited: boolean) => void; onClose: () => void }

/** « Importer une liste »: read first, then everybody or nobody. */
export function Import({ desk, onEdited, onClose }: ImportProps) {
  const [report, setReport] = useState<ImportReport | null>(null)
  return report === null ? (
    <ImportForm onEdited={onEdited} onRead={setReport} onClose={onClose} />
  ) : (
    <Report
      report={report}
      desk={desk}
      onEdited={onEdited}
      onAgain={() => setReport(null)}
      onClose={onClose}
    />
  )
}

type ReportProps = ImportProps & { report: ImportReport; onAgain: () => void }

/** What was read, then what was created. */
function Report({ report, desk, onEdited, onAgain, onClose }: ReportProps) {
  const words = texts.operators.importing
  const heading = useHeading()
  const [created, setCreated] = useState<number | null>(null)
  const { lines, file } = report
  const toDelete = file === null ? words.deletePasted : words.deleteFile(file)
  useLayoutEffect(() => onEdited(false))

  const create = (): void =>
    desk.ask({
      title: words.title,
      lines: words.confirm(lines.length),
      submit: words.create(lines.length),
      perform: async (password) => {
        const answer = await bridgeOf('operators').applyImport({ password })
        if (answer.ok) setCreated(answer.value.created)
        return answer
      },
    })

  return (
    <section className="import" aria-labelledby="import-title">
      <h2 id="import-title" ref={heading} tabIndex={-1}>
        {words.report}
      </h2>
      <LiveRegion kind="status">
        {created !== null && (
          <Notice tone="info" remedy={toDelete}>
            {words.created(created)}
          </Notice>
        )}
      </LiveRegion>
      {created === null && (
        <>
          <ImportedLines report={report} />
          {report.acceptable && <p>{toDelete}</p>}
        </>
      )}
      <div className="form-actions">
        {created === null && report.acceptable && (
          <Button look="primary" onClick={create}>
            {words.create(lines.length)}
          </Button>
        )}
        {created === null && <Button onClick={onAgain}>{words.again}</Button>}
        <Button onClick={onClose}>{created === null ? texts.operators.cancel : texts.operators.close}</Button>
      </div>
    </section>
  )
}
