import { isDeepStrictEqual } from 'node:util'
import type { OperatorRepository } from '../operators/repository.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import { heldSessions } from '../session/session.ts'

/** How long what another program did may go unseen by a session here, in milliseconds. */
export const lookEveryMs = 30_000

type Parts = {
  readonly session: Pick<OperatorSession, 'state' | 'operatorChanged'>
  readonly operators: Pick<OperatorRepository, 'memberById'>
}

/**
 * Has each session here follow what another program (a second Comptoir, a command) has made of its operator: suspended,
 * departed, changed, or given a new password. Where the database cannot be read, the next look says it.
 *
 * A new password is known by its being provisional. That says nothing of who came in by Pro Santé Connect, perhaps
 * since; nor is it seen once its operator has replaced it: in both cases the session goes on.
 */
export async function lookAtHeld({ session, operators }: Parts): Promise<void> {
  for (const held of heldSessions(session.state())) {
    const member = await operators.memberById(held.operator.id).catch(() => null)
    // What was read before they came in again does not speak of the session that they now have.
    if (member === null || !heldSessions(session.state()).includes(held)) continue
    const { operator, provisional } = member
    if (provisional && held.means.kind === 'password') session.operatorChanged(operator, 'password-reset')
    else if (!isDeepStrictEqual(operator, held.operator)) session.operatorChanged(operator, 'changed')
  }
}
