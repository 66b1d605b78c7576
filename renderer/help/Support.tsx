import type { ViewOf } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'

/** The officine's own assistance, in a list of whom to turn to. */
export function Support({ support }: { support: ViewOf<'help'>['support'] }) {
  const { whom } = texts.help.card
  const known = support !== null && (support.name !== null || support.phone !== null)
  return (
    <>
      <dt>{known ? whom.support(support.name, support.phone) : whom.noSupport}</dt>
      <dd>{whom.supportFor}</dd>
    </>
  )
}
