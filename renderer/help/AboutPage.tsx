import type { ViewOf } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import { Section } from './Section.tsx'
import { Support } from './Support.tsx'

/** « À propos »: the program, what it records of the team, and whom to call. */
export function AboutPage({ view }: { view: ViewOf<'help'> }) {
  const words = texts.help.about
  const { months, contact } = view.recording
  return (
    <>
      <Section title={words.program}>
        <p>{words.what}</p>
        <dl className="sheet">
          <div>
            <dt>{words.version}</dt>
            <dd>{view.version}</dd>
          </div>
          <div>
            <dt>{words.licence}</dt>
            <dd>{words.licenceName}</dd>
          </div>
        </dl>
      </Section>
      <Section title={words.recorded}>
        <p>{texts.recording.told(months, contact)}</p>
      </Section>
      <Section title={words.support}>
        <dl className="help-whom">
          <Support support={view.support} />
        </dl>
      </Section>
    </>
  )
}
