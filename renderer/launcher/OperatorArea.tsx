import { ArrowLeftRight } from 'lucide-react'
import type { SessionView, ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Avatar, Clamped } from '../ui/Person.tsx'
import { ShortcutKeys } from '../ui/ShortcutKeys.tsx'
import { roleNames, texts } from '../ui/texts.ts'
import { suspendedTexts } from '../ui/texts/locks.ts'
import type { Calls } from '../ui/useCall.ts'

type OperatorAreaProps = {
  session: Exclude<SessionView, { kind: 'locked' }>
  /** How many sessions wait here for their operators' passwords. */
  suspended: number
  switchShortcut: ViewOf<'launcher'>['switchShortcut']
  calls: Calls
  /** Nobody can identify yet: the first titulaire comes before. */
  firstRun: boolean
}

/** Who is connected, by which means and until when, and the way in or out. */
export function OperatorArea({ session, ...area }: OperatorAreaProps) {
  return (
    <section className={`operator ${session.kind}`} aria-label={texts.launcher.operatorArea}>
      {session.kind === 'none' ? <Nobody {...area} /> : <Badge session={session} {...area} />}
    </section>
  )
}

function Nobody({ suspended, switchShortcut, calls, firstRun }: Omit<OperatorAreaProps, 'session'>) {
  const bridge = bridgeOf('launcher')
  return (
    <>
      <div>
        <p className="nobody">{texts.launcher.noOperator}</p>
        {suspended > 0 && <p className="quiet-text">{suspendedTexts.waiting(suspended, false)}</p>}
      </div>
      <Button
        look={firstRun ? 'plain' : 'primary'}
        aria-keyshortcuts={switchShortcut?.aria}
        onClick={() => void calls.run(() => bridge.identify())}
      >
        {texts.launcher.identify}
        <ShortcutKeys shortcut={switchShortcut} />
      </Button>
    </>
  )
}

type Connected = Extract<SessionView, { kind: 'connected' }>

type BadgeProps = Omit<OperatorAreaProps, 'session' | 'firstRun'> & { session: Connected }

function Badge({ session, suspended, switchShortcut, calls }: BadgeProps) {
  const bridge = bridgeOf('launcher')
  const { operator } = session
  const facts = [
    roleNames[operator.role],
    operator.rpps === null ? null : texts.launcher.rpps(operator.rpps),
    texts.launcher.means[session.means],
    texts.launcher.until(session.until),
    suspended === 0 ? null : suspendedTexts.waiting(suspended, true),
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
        <Button
          aria-keyshortcuts={switchShortcut?.aria}
          onClick={() => void calls.run(() => bridge.switchOperator())}
        >
          <ArrowLeftRight size={18} />
          {texts.launcher.switchOperator}
          <ShortcutKeys shortcut={switchShortcut} />
        </Button>
        <Button onClick={() => void calls.run(() => bridge.disconnect())}>{texts.launcher.disconnect}</Button>
      </div>
    </>
  )
}
