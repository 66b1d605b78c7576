import { ArrowLeftRight } from 'lucide-react'
import type { SessionView } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Avatar, Clamped } from '../ui/Person.tsx'
import { roleNames, texts } from '../ui/texts.ts'
import type { Calls } from '../ui/useCall.ts'

type OperatorAreaProps = {
  session: Exclude<SessionView, { kind: 'locked' }>
  calls: Calls
  /** Nobody can identify yet: the first titulaire comes before. */
  firstRun: boolean
}

/** Who is connected, by which means and until when, and the way in or out. */
export function OperatorArea({ session, calls, firstRun }: OperatorAreaProps) {
  return (
    <section className={`operator ${session.kind}`} aria-label={texts.launcher.operatorArea}>
      {session.kind === 'none' ? (
        <Nobody calls={calls} firstRun={firstRun} />
      ) : (
        <Badge session={session} calls={calls} />
      )}
    </section>
  )
}

function Nobody({ calls, firstRun }: { calls: Calls; firstRun: boolean }) {
  const bridge = bridgeOf('launcher')
  return (
    <>
      <p className="nobody">{texts.launcher.noOperator}</p>
      <Button look={firstRun ? 'plain' : 'primary'} onClick={() => void calls.run(() => bridge.identify())}>
        {texts.launcher.identify}
      </Button>
    </>
  )
}

type Connected = Extract<SessionView, { kind: 'connected' }>

function Badge({ session, calls }: { session: Connected; calls: Calls }) {
  const bridge = bridgeOf('launcher')
  const { operator } = session
  const facts = [
    roleNames[operator.role],
    operator.rpps === null ? null : texts.launcher.rpps(operator.rpps),
    texts.launcher.means[session.means],
    texts.launcher.until(session.until),
  ].filter((fact) => fact !== null)
  return (
    <>
      <Avatar name={operator.name} />
      <div className="who">
        <p className="name">
          <Clamped text={texts.launcher.operator(operator.code, operator.name)} />
        </p>
        <ul className="facts">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </div>
      <div className="ways">
        <Button onClick={() => void calls.run(() => bridge.switchOperator())}>
          <ArrowLeftRight size={18} />
          {texts.launcher.switchOperator}
        </Button>
        <Button onClick={() => void calls.run(() => bridge.disconnect())}>{texts.launcher.disconnect}</Button>
      </div>
    </>
  )
}
