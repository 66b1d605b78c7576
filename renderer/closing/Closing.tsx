import { useLayoutEffect, useRef } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { texts } from '../ui/texts.ts'
import { dayTexts } from '../ui/texts/day.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'

/** « Fermer Comptoir ? », when modules are open, or « Fermer la journée ? ». Nothing is lost by « Annuler »: the default. */
export function Closing({ view }: { view: ViewOf<'closing'> }) {
  const words = view.purpose === 'quit' ? texts.closing : dayTexts
  const bridge = bridgeOf('closing')
  const calls = useCall()
  const cancel = useRef<HTMLButtonElement>(null)
  useTitle(words.title)
  useScanner()
  useLayoutEffect(() => cancel.current?.focus({ preventScroll: true }), [])
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) void calls.run(() => bridge.cancelClosing())
  })
  return (
    <main className="whole">
      <div className="dialog" role="alertdialog" aria-labelledby="question" aria-describedby="what">
        <div className="dialog-body">
          <h1 id="question">{words.title}</h1>
          <div className="paragraphs" id="what">
            {view.purpose === 'quit' ? <Quit view={view} /> : <Day view={view} />}
          </div>
          <Failure error={calls.failure} />
        </div>
        <div className="dialog-actions halves">
          <Button onClick={() => void calls.run(() => bridge.confirmClosing())}>{words.close}</Button>
          <Button ref={cancel} look="primary" onClick={() => void calls.run(() => bridge.cancelClosing())}>
            {words.cancel}
          </Button>
        </div>
      </div>
      <HelpLink page="locked" openHelp={bridge.openHelp} />
    </main>
  )
}

function Quit({ view: { modules, operator, suspended } }: { view: ViewOf<'closing'> }) {
  return (
    <>
      {modules.length > 0 && <p>{texts.closing.open(modules)}</p>}
      <p className="quiet-text">{texts.closing.whatHappens(operator?.name ?? null)}</p>
      {suspended.length > 0 && <p className="quiet-text">{dayTexts.suspendedToo(suspended)}</p>}
    </>
  )
}

/** What ends, what it takes along, and what one has to close oneself. */
function Day({ view }: { view: ViewOf<'closing'> }) {
  const { modules, programs, operator, suspended, endsPsc } = view
  const people = operator === null ? suspended : [operator.name, ...suspended]
  const pages = modules.filter((label) => !programs.includes(label))
  return (
    <>
      {people.length > 0 && <p>{dayTexts.sessions(people)}</p>}
      {endsPsc && <p>{dayTexts.endsPsc}</p>}
      {pages.length > 0 && <p>{dayTexts.pages(pages)}</p>}
      {programs.length > 0 && <p>{dayTexts.programs(programs)}</p>}
      <p className="quiet-text">{dayTexts.stays}</p>
    </>
  )
}
