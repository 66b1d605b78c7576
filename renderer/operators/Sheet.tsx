import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OperatorSheet } from '../../electron/ipc/operator-views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Avatar, Clamped } from '../ui/Person.tsx'
import { roleNames, texts } from '../ui/texts.ts'
import { datesText } from '../ui/texts/operators.ts'
import { Actions } from './Actions.tsx'
import type { Desk } from './asking.ts'
import { Badges } from './Badges.tsx'
import { useAnswer } from './useAnswer.ts'
import { useHeading } from './useHeading.ts'

type SheetProps = {
  id: string
  version: number
  desk: Desk
  /** Of the connected operator. */
  ownCode: string
  /** Its heading is to have the focus: again for another object, not for null. */
  focus: object | null
  onEdit: (sheet: OperatorSheet) => void
  onBack: () => void
}

/** All there is to know of one operator, and what can be done. To be keyed by its id. */
export function Sheet({ id, version, desk, ownCode, focus, onEdit, onBack }: SheetProps) {
  const bridge = bridgeOf('operators')
  const { value: sheet, failure, retry } = useAnswer(version, () => bridge.readOperator({ id }))
  const words = texts.operators
  return (
    <>
      <div className="sheet-back">
        <Button onClick={onBack}>
          <ArrowLeft size={18} />
          {words.back}
        </Button>
      </div>
      <Failure error={failure} action={<Button onClick={retry}>{words.retry}</Button>} />
      {sheet !== null && <Read sheet={sheet} desk={desk} ownCode={ownCode} focus={focus} onEdit={onEdit} />}
    </>
  )
}

type ReadProps = Pick<SheetProps, 'desk' | 'ownCode' | 'focus' | 'onEdit'> & { sheet: OperatorSheet }

function Read({ sheet, desk, ownCode, focus, onEdit }: ReadProps) {
  const words = texts.operators.sheet
  const heading = useHeading(focus)
  return (
    <article className="sheet" aria-label={words.name(sheet.name)}>
      <header className="sheet-head">
        <Avatar name={sheet.name} />
        <div>
          <h2 ref={heading} tabIndex={-1}>
            <Clamped text={sheet.name} />
          </h2>
          <p className="quiet-text">
            {texts.operators.badge(sheet.code)} · {roleNames[sheet.role]}
          </p>
          <Badges operator={sheet} firstDay={sheet.firstDay} />
        </div>
      </header>
      <Actions sheet={sheet} desk={desk} ownCode={ownCode} onEdit={() => onEdit(sheet)} />
      <Facts sheet={sheet} />
      <Rights sheet={sheet} />
      <Logins sheet={sheet} />
    </article>
  )
}

function Facts({ sheet }: { sheet: OperatorSheet }) {
  const words = texts.operators.sheet
  return (
    <section>
      <h3>{words.identity}</h3>
      <dl className="sheet-facts">
        <Fact name={words.code}>{sheet.code}</Fact>
        <Fact name={words.role}>{roleNames[sheet.role]}</Fact>
        <Fact name={words.rpps}>{sheet.rpps ?? words.noRpps}</Fact>
        <Fact name={words.dates}>{datesText(sheet.firstDay, sheet.lastDay) ?? words.noDates}</Fact>
        {sheet.cardUntil !== null && <Fact name={words.card}>{words.cardUntil(sheet.cardUntil)}</Fact>}
        <Fact name={words.created}>{words.on(sheet.createdAt)}</Fact>
        {sheet.departedAt !== null && <Fact name={words.departed}>{words.on(sheet.departedAt)}</Fact>}
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="numbers">{children}</dd>
    </div>
  )
}

function Rights({ sheet: { role, rights } }: { sheet: OperatorSheet }) {
  const words = texts.operators
  return (
    <section>
      <h3>{words.sheet.rights}</h3>
      {role === 'titulaire' && <p className="quiet-text">{words.sheet.rightsOfTitulaire}</p>}
      {role !== 'titulaire' && rights.length === 0 && <p className="quiet-text">{words.sheet.noRights}</p>}
      {role !== 'titulaire' && rights.length > 0 && (
        <ul className="sheet-rights">
          {rights.map((right) => (
            <li key={right}>
              <strong>{words.rights[right].name}</strong>
              <p className="quiet-text">{words.rights[right].reason}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Logins({ sheet: { logins } }: { sheet: OperatorSheet }) {
  const words = texts.operators.sheet
  return (
    <section>
      <h3>{words.logins}</h3>
      {logins.length === 0 ? (
        <p className="quiet-text">{words.noLogin}</p>
      ) : (
        <table className="sheet-logins numbers">
          <thead>
            <tr>
              {words.loginHeads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {logins.map(({ at, means, workstation }) => (
              <tr key={at}>
                <td>{words.at(at)}</td>
                <td>{words.means(means)}</td>
                <td>{workstation}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
