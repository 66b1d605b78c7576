import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { HelpLink } from '../ui/HelpLink.tsx'
import { texts } from '../ui/texts.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useTitle } from '../ui/useTitle.ts'
import { useTouch } from '../ui/useTouch.ts'
import { AskPassword } from './AskPassword.tsx'
import { AskPsc } from './AskPsc.tsx'
import { Association } from './Association.tsx'
import { AssociationConfirm } from './AssociationConfirm.tsx'
import { Browser } from './Browser.tsx'
import { Checking } from './Checking.tsx'
import { ConfirmPerson } from './ConfirmPerson.tsx'
import { helpPageOf } from './help-page.ts'
import { Leaving } from './Leaving.tsx'
import { Newcomer } from './Newcomer.tsx'
import { NewcomerAuthorise } from './NewcomerAuthorise.tsx'
import { NewPassword } from './NewPassword.tsx'
import { Phone } from './Phone.tsx'
import { WrongPerson } from './WrongPerson.tsx'

type View = ViewOf<'identification'>

function cancel(): void {
  void bridgeOf('identification').cancelIdentification()
}

/**
 * « Identification – {module} ». The window is made once and used again: each step of each attempt is a page of its
 * own, so that nothing of the last one, its passwords first, outlives it.
 */
export function Identification({ view }: { view: View }) {
  const title = texts.identification.title(view.module)
  useTitle(title)
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) cancel()
  })
  // The keyboard on the screen types the password: only a key in the code tells of a real one.
  useTouch(
    (touch) => void bridgeOf('identification').usesTouch({ touch }),
    (target) => target instanceof HTMLInputElement && target.dataset['holds'] === 'code',
  )
  return (
    <main className="identification">
      <h1 className="unseen">{title}</h1>
      <Step key={`${view.attempt} ${pageOf(view.step)}`} view={view} />
      <HelpLink page={helpPageOf(view.step)} openHelp={bridgeOf('identification').openHelp} />
    </main>
  )
}

/** Two steps of one page keep its fields and its focus. */
function pageOf(step: View['step']): string {
  return 'password' in step && step.password ? `${step.kind} by password` : step.kind
}

function Step({ view }: { view: View }) {
  const { attempt, step } = view
  const common = { attempt, onCancel: cancel }
  switch (step.kind) {
    case 'ask':
      return step.password ? (
        <AskPassword {...common} view={view} step={step} />
      ) : (
        <AskPsc {...common} view={view} step={step} />
      )
    case 'browser':
      return <Browser {...common} card={view.card} step={step} />
    case 'phone':
      return <Phone {...common} step={step} />
    case 'checking':
      return <Checking onCancel={cancel} />
    case 'wrong-person':
      return step.password ? (
        <ConfirmPerson attempt={attempt} card={view.card} step={step} />
      ) : (
        <WrongPerson attempt={attempt} step={step} />
      )
    case 'leaving':
      return <Leaving {...common} step={step} />
    case 'association':
      return <Association {...common} step={step} />
    case 'association-confirm':
      return <AssociationConfirm {...common} step={step} />
    case 'new-password':
      return (
        <NewPassword
          operator={step.operator}
          words={texts.forgotten}
          send={(password) => bridgeOf('identification').setForgottenPassword({ attempt, password })}
          onCancel={cancel}
        />
      )
    case 'provisional-password':
      return (
        <NewPassword
          operator={step.operator}
          words={texts.provisional}
          send={(password) => bridgeOf('identification').setProvisionalPassword({ attempt, password })}
          onCancel={cancel}
        />
      )
    case 'newcomer':
      return <Newcomer {...common} step={step} />
    case 'newcomer-authorise':
      return <NewcomerAuthorise {...common} step={step} />
    default:
      return step satisfies never
  }
}
