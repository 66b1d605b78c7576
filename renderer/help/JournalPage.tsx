import type { ViewOf } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import { Section } from './Section.tsx'
import { Words } from './Words.tsx'

/** « Ce que prouve le journal », and what it does not; who reads it, and for how long it is kept. */
export function JournalPage({ view }: { view: ViewOf<'help'> }) {
  const { intro, chain, verdicts, limits, reading, retention } = texts.help.journal
  return (
    <>
      <p>{intro}</p>
      <Section title={chain.title}>
        <Points points={chain.points} />
      </Section>
      <Section title={verdicts.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{verdicts.verdict}</th>
              <th scope="col">{verdicts.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {verdicts.rows.map(([verdict = '', meaning]) => (
              <tr key={verdict}>
                <th scope="row">{verdict}</th>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>{verdicts.after}</p>
      </Section>
      <Section title={limits.title}>
        <Points points={limits.points} />
      </Section>
      <Section title={reading.title}>
        <Points points={reading.points} />
      </Section>
      <Section title={retention.title}>
        <p>
          <Words>{retention.kept(view.recording.months)}</Words>
        </p>
        <p>{retention.cut}</p>
      </Section>
    </>
  )
}

function Points({ points }: { points: readonly string[] }) {
  return (
    <ul className="help-points">
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  )
}
