import type { ViewOf } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { Section } from './Section.tsx'
import { Support } from './Support.tsx'
import { Words } from './Words.tsx'

type PscPageProps = {
  support: ViewOf<'help'>['support']
  /** Goes to « Fiche de raccordement ». */
  openSheet: () => void
}

/** « Raccorder Pro Santé Connect »: which road for whom, what to ask of whom, the secrets, what a broker changes. */
export function PscPage({ support, openSheet }: PscPageProps) {
  const { intro, roads, ask, addresses, secrets, broker, hosts, whom } = texts.help.psc
  return (
    <>
      <p>{intro}</p>
      <Section title={roads.title}>
        <Table head={[roads.about, roads.broker, roads.direct]} rows={roads.rows} />
        <p>{roads.advice}</p>
      </Section>
      <Section title={ask.title}>
        <Steps steps={ask.steps} />
        <p>{ask.delays}</p>
        <p>{ask.space}</p>
        <p>{ask.questions}</p>
        <Points points={ask.unknown} />
      </Section>
      <Section title={addresses.title}>
        <Points points={addresses.rules} />
        <div className="help-way">
          <Button onClick={openSheet}>{addresses.sheet}</Button>
        </div>
      </Section>
      <Section title={broker.title}>
        <Points points={broker.points} />
      </Section>
      <Section title={secrets.title}>
        <p>{secrets.intro}</p>
        <Table head={[secrets.method, secrets.inSettings, secrets.inKeychain]} rows={secrets.rows} />
        <Steps steps={secrets.steps} />
      </Section>
      <Section title={hosts.title}>
        <Table head={[hosts.environment, hosts.issuer]} rows={hosts.rows} />
        <p>
          <Words>{hosts.discovery}</Words>
        </p>
      </Section>
      <Section title={whom.title}>
        <dl className="help-whom">
          <dt>{whom.ans}</dt>
          <dd>{whom.ansFor}</dd>
          <dt>{whom.broker}</dt>
          <dd>{whom.brokerFor}</dd>
          <Support support={support} />
        </dl>
      </Section>
    </>
  )
}

function Table({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              <Words>{name}</Words>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([about = '', ...cells]) => (
          <tr key={about}>
            <th scope="row">
              <Words>{about}</Words>
            </th>
            {cells.map((cell) => (
              <td key={cell}>
                <Words>{cell}</Words>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Steps({ steps }: { steps: readonly string[] }) {
  return <ol>{items(steps)}</ol>
}

function Points({ points }: { points: readonly string[] }) {
  return <ul className="help-points">{items(points)}</ul>
}

function items(lines: readonly string[]) {
  return lines.map((line) => (
    <li key={line}>
      <Words>{line}</Words>
    </li>
  ))
}
