import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { texts } from '../ui/texts.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useTitle } from '../ui/useTitle.ts'
import { CodeForm } from './CodeForm.tsx'
import { Expectation } from './Expectation.tsx'

function cancel(): void {
  void bridgeOf('identification').cancelIdentification()
}

/**
 * « Identification – {module} ». The window is made once and used again: each attempt has its own form, so that
 * nothing of the last one, its password first, outlives it.
 */
export function Identification({ view }: { view: ViewOf<'identification'> }) {
  const title = texts.identification.title(view.module)
  useTitle(title)
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) cancel()
  })
  return (
    <main className="identification">
      <h1 className="unseen">{title}</h1>
      <section className="by-code">
        <CodeForm key={view.attempt} attempt={view.attempt} onCancel={cancel}>
          <Expectation expected={view.expected} roles={view.roles} />
        </CodeForm>
      </section>
    </main>
  )
}
