import type { PscState } from '../../../electron/psc/state.ts'
import { LiveRegion } from '../LiveRegion.tsx'
import { Notice } from '../Notice.tsx'
import { texts } from '../texts.ts'

type PscNoticeProps = {
  state: PscState
  /** Whether a code leads in too. */
  byCode: boolean
}

/** Beside the button of Pro Santé Connect: that it would not lead in now. */
export function PscNotice({ state, byCode }: PscNoticeProps) {
  const notice = texts.psc.notice(state, byCode)
  return (
    <LiveRegion kind="status">
      {notice !== null && (
        <Notice tone={notice.tone} remedy={notice.remedy}>
          {notice.text}
        </Notice>
      )}
    </LiveRegion>
  )
}
