import type { ViewOf } from '../../electron/ipc/views.ts'
import { Notice } from '../ui/Notice.tsx'
import { sheetTexts, type SheetRow } from '../ui/texts/connection-sheet.ts'
import { Section } from './Section.tsx'

/** « Fiche de raccordement »: what is to be registered for this workstation, to be printed or copied. */
export function SheetPage({ sheet }: { sheet: ViewOf<'help'>['sheet'] }) {
  const { intro, warnings, sections } = sheetTexts(sheet)
  return (
    <>
      <p>{intro}</p>
      {warnings.map((warning) => (
        <Notice key={warning} tone="watch">
          {warning}
        </Notice>
      ))}
      {sections.map(({ title, rows }) => (
        <Section key={title} title={title}>
          <dl className="sheet">
            {rows.map((row) => (
              <Row key={row.name} {...row} />
            ))}
          </dl>
        </Section>
      ))}
    </>
  )
}

function Row({ name, kind, values, hint }: SheetRow) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {values.map((value) => (
          <p key={value}>{kind === 'exact' ? <code>{value}</code> : value}</p>
        ))}
        {hint !== null && <p className="quiet-text">{hint}</p>}
      </dd>
    </div>
  )
}
