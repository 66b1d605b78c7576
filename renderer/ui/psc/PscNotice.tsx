import type { PscState } from '../../../electron/psc/state.ts'
import { LiveRegion } from '../LiveRegion.tsx'
import { Notice } from '../Notice.tsx'
import { texts } from '../texts.ts'
import type { OtherWay } from '../texts/psc-state.ts'

type PscNoticeProps = {
  state: PscState
  /** What leads in too. */
  otherwise: OtherWay | null
}

/** Beside the button of Pro Santé Connect: that it would not lead in now. */
export function PscNotice({ state, otherwise }: PscNoticeProps) {
  const notice = texts.psc.notice(state, otherwise)
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
