import { assertNever } from '../assert-never.ts'
import type { Purpose } from '../identification/purpose.ts'
import { toCallError } from '../ipc/call-error.ts'
import { Refusal } from '../ipc/result.ts'
import type { Modules } from '../modules/modules.ts'

type Parts = Pick<Modules, 'open'> & { failed: (refusal: Refusal) => void }

/** Does what an identification that succeeded was for. Never rejects: what fails is told. */
export async function fulfil(purpose: Purpose, { open, failed }: Parts): Promise<void> {
  try {
    switch (purpose.kind) {
      case 'connect':
      case 'switch':
      case 'renew':
      case 'unlock':
        return
      case 'open-module':
      case 'step-up':
        // Asked for anew: the settings may have changed, or another operator have this page of Comptoir's open.
        await open(purpose.module.id)
        return
      case 'resume-module':
        await purpose.open.bringForward()
        return
      default:
        return assertNever(purpose)
    }
  } catch (error) {
    failed(error instanceof Refusal ? error : new Refusal('internal', toCallError(error).reference))
  }
}
