import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import type { Calls } from '../ui/useCall.ts'

type NoticesProps = { view: ViewOf<'launcher'>; calls: Calls }

/** What there is to say above the modules. The two live regions are always in the page. */
export function Notices({ view, calls }: NoticesProps) {
  const bridge = bridgeOf('launcher')
  const { notice, session, firstRun, recording } = view
  const { failure } = calls
  const endingSoon = session.kind === 'connected' && session.endingSoon
  // Main may say of a failed call what the call itself answered: once is enough.
  const told = failure !== null && failure.reference !== '' && failure.reference === notice?.reference
  const shown = notice !== null && (
    <Notice
      tone={notice.tone}
      remedy={notice.remedy}
      reference={notice.reference}
      action={
        <Button onClick={() => void calls.run(() => bridge.dismissNotice())}>{texts.launcher.dismiss}</Button>
      }
    >
      {notice.text}
    </Notice>
  )
  return (
    <div className="notices">
      <LiveRegion kind="alert">
        {failure !== null && !told && (
          <Notice
            tone="mend"
            remedy={failure.remedy ?? null}
            reference={failure.reference}
            action={<Button onClick={calls.clear}>{texts.launcher.dismiss}</Button>}
          >
            {failure.message}
          </Notice>
        )}
        {notice?.tone === 'mend' && shown}
      </LiveRegion>
      <LiveRegion kind="status">
        {endingSoon && (
          <Notice
            tone="watch"
            action={
              <Button onClick={() => void calls.run(() => bridge.renewSession())}>
                {texts.launcher.renew}
              </Button>
            }
          >
            {texts.launcher.endingSoon}
          </Notice>
        )}
        {recording !== null && (
          <Notice
            tone="info"
            action={
              <Button look="primary" onClick={() => void calls.run(() => bridge.acknowledgeRecording())}>
                {texts.recording.understood}
              </Button>
            }
          >
            {texts.recording.told(recording.months, recording.contact)}
          </Notice>
        )}
        {firstRun && (
          <Notice
            tone="info"
            action={
              <Button look="primary" onClick={() => void calls.run(() => bridge.openFirstRun())}>
                {texts.launcher.createTitulaire}
              </Button>
            }
          >
            {texts.launcher.firstRun}
          </Notice>
        )}
        {notice?.tone !== 'mend' && shown}
      </LiveRegion>
    </div>
  )
}
