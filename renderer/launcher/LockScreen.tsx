import { LockKeyhole } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { OperatorView, SessionView, ViewOf } from '../../electron/ipc/views.ts'
import type { PscState } from '../../electron/psc/state.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Eye } from '../ui/Eye.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { FormRemark, type Remark } from '../ui/FormRemark.tsx'
import { Avatar, Clamped } from '../ui/Person.tsx'
import { PscNotice } from '../ui/psc/PscNotice.tsx'
import { PscButton } from '../ui/PscButton.tsx'
import { ShortcutKeys } from '../ui/ShortcutKeys.tsx'
import { texts } from '../ui/texts.ts'
import { dayTexts } from '../ui/texts/day.ts'
import { suspendedTexts } from '../ui/texts/locks.ts'
import { useCall } from '../ui/useCall.ts'
import { useCapsLock } from '../ui/useCapsLock.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTouch } from '../ui/useTouch.ts'
import './lock.css'

type LockScreenProps = {
  pharmacy: string
  operator: OperatorView
  reason: Extract<SessionView, { kind: 'locked' }>['reason']
  idleMinutes: number
  /** How many other sessions wait here. */
  suspended: number
  switchShortcut: ViewOf<'launcher'>['switchShortcut']
  /** Pro Santé Connect, which unlocks too where it is on. */
  psc: PscState
}

/** « Comptoir verrouillé »: whose session it is, their password or Pro Santé Connect, or somebody else. */
export function LockScreen({
  pharmacy,
  operator,
  reason,
  idleMinutes,
  suspended,
  switchShortcut,
  psc,
}: LockScreenProps) {
  const bridge = bridgeOf('launcher')
  const calls = useCall('single')
  // Apart: a slow password check keeps nobody from handing over the workstation.
  const leaving = useCall()
  const byPsc = useCall('single')
  const password = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const [remark, setRemark] = useState<Remark | null>(null)
  const touch = useTouch()
  const capsLock = useCapsLock()
  useScanner(
    (field) => setRemark(field === null ? null : 'barcode'),
    ({ kind }) => setRemark(kind === 'badge' ? 'badge-alone' : 'fast'),
  )

  useLayoutEffect(() => password.current?.focus(), [])

  const unlock = async (): Promise<void> => {
    const field = password.current
    if (field === null || calls.busy) return
    setRemark(null)
    const failure = await calls.run(() => bridge.unlock({ password: field.value }))
    if (failure === null) return
    field.value = ''
    field.focus()
  }

  const unlockByPsc = (): void => {
    calls.clear()
    void byPsc.run(() => bridge.unlockByPsc())
  }

  return (
    <main className={touch ? 'lock touch' : 'lock'}>
      <form
        className="lock-panel"
        onSubmit={(event) => {
          event.preventDefault()
          void unlock()
        }}
      >
        <div className="lock-title">
          <LockKeyhole size={28} strokeWidth={1.75} />
          <div>
            <h1>{texts.locked.title}</h1>
            <p className="quiet-text">{pharmacy}</p>
          </div>
        </div>
        <div className="person">
          <Avatar name={operator.name} />
          <div>
            <strong>
              <Clamped text={texts.launcher.operator(operator.code, operator.name)} />
            </strong>
            <p className="quiet-text">{texts.locked.reasons[reason](idleMinutes)}</p>
          </div>
        </div>
        <div className="secret">
          <Field
            ref={password}
            label={texts.locked.password}
            type={shown ? 'text' : 'password'}
            maxLength={256}
            aria-invalid={calls.failure?.code === 'wrong-credentials' || undefined}
          />
        </div>
        <div className="messages">
          <FormRemark remark={remark} codeTyped={false} />
          <LiveRegion kind="status">
            {calls.busy && <span className="unseen">{texts.identification.checking}</span>}
          </LiveRegion>
          <Failure error={calls.failure ?? leaving.failure ?? byPsc.failure} capsLock={capsLock} />
        </div>
        <div className="lock-actions">
          <Button type="submit" look="primary" busy={calls.busy}>
            {texts.locked.unlock}
          </Button>
          <Button
            aria-keyshortcuts={switchShortcut?.aria}
            onClick={() => void leaving.run(() => bridge.switchOperator())}
          >
            {texts.locked.switchOperator}
            <ShortcutKeys shortcut={switchShortcut} />
          </Button>
        </div>
        {psc.kind !== 'off' && (
          <div className="lock-psc">
            <p className="quiet-text">
              {texts.psc.identifyWith}
              <kbd aria-hidden="true">Alt P</kbd>
            </p>
            <PscButton busy={byPsc.busy} onPress={unlockByPsc} />
            <PscNotice state={psc} otherwise="password" />
          </div>
        )}
        <div className="lock-day">
          {suspended > 0 && <p className="quiet-text">{suspendedTexts.waiting(suspended, true)}</p>}
          <button type="button" className="link" onClick={() => void leaving.run(() => bridge.closeDay())}>
            {dayTexts.close}
          </button>
        </div>
        <div className="secret-eye">
          <Eye shown={shown} onToggle={() => setShown(!shown)} />
        </div>
      </form>
      <HelpLink page="locked" openHelp={bridge.openHelp} />
    </main>
  )
}
