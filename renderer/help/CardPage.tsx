import type { ViewOf } from '../../electron/ipc/views.ts'
import { toneShapes } from '../ui/card/tones.ts'
import { texts } from '../ui/texts.ts'
import { everyText } from './card-states.ts'
import { Section } from './Section.tsx'
import { Support } from './Support.tsx'

type CardPageProps = { support: ViewOf<'help'>['support'] }

/** « La carte et le lecteur »: the two codes, what the pill says and what to do, a blocked card, whom to call. */
export function CardPage({ support }: CardPageProps) {
  const { intro, codes, states, blocked, whom } = texts.help.card
  return (
    <>
      <p>{intro}</p>
      <Section title={states.title}>
        <table className="help-states">
          <thead>
            <tr>
              <th scope="col">{states.state}</th>
              <th scope="col">{states.remedy}</th>
            </tr>
          </thead>
          <tbody>
            {everyText().map(({ text, remedy, tone }) => {
              const Shape = toneShapes[tone]
              return (
                <tr key={text}>
                  <th scope="row" className={tone}>
                    <span>
                      <Shape size={18} />
                      {text}
                    </span>
                  </th>
                  <td>{remedy ?? states.nothing}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Section>
      <Section title={codes.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{codes.about}</th>
              <th scope="col">{codes.holder}</th>
              <th scope="col">{codes.operator}</th>
            </tr>
          </thead>
          <tbody>
            {codes.rows.map(([about, holder, operator]) => (
              <tr key={about}>
                <th scope="row">{about}</th>
                <td>{holder}</td>
                <td>{operator}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={blocked.title}>
        <p>{blocked.why}</p>
        <ol>
          {blocked.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p>{blocked.lost}</p>
        <p>{blocked.meanwhile}</p>
      </Section>
      <Section title={whom.title}>
        <dl className="help-whom">
          <Support support={support} />
          <dt>{whom.ans}</dt>
          <dd>{whom.ansFor}</dd>
        </dl>
      </Section>
    </>
  )
}
