import { Refusal } from '../ipc/result.ts'
import type { Operator } from '../operators/operator.ts'

/** Somebody who has just proved that they know the provisional password they were given. */
export type Provisional = {
  readonly operator: Operator
  /** The PHC string of the provisional password. */
  readonly passwordHash: string
}

/** The password is right, and lets nobody in before its operator has chosen another. The journal has it. */
export class ProvisionalPassword extends Refusal {
  readonly proved: Provisional

  constructor(reference: string, proved: Provisional) {
    super('provisional-password', reference)
    this.proved = proved
  }
}
