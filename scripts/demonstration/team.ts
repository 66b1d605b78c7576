import type { Rpps } from '../../electron/operators/national-id.ts'
import type { Role } from '../../electron/operators/operator.ts'

/** Somebody of the demonstration's pharmacy, with the password that the demonstration tells everybody. */
export type Member = {
  readonly code: string
  readonly firstName: string
  readonly lastName: string
  readonly role: Role
  readonly rpps: Rpps | null
  readonly password: string
}

export const pharmacy = 'PHARMACIE DU TEST'

/** No accent in the passwords: they are typed on any keyboard. */
export const team: readonly Member[] = [
  {
    code: '0',
    firstName: 'TEST',
    lastName: 'TITULAIRE',
    role: 'titulaire',
    rpps: null,
    password: 'lavande parasol tabouret',
  },
  {
    code: '1',
    firstName: 'PATRICIA',
    lastName: 'ADJOINTPHARM',
    role: 'adjoint',
    rpps: { kind: 'rpps', digits: '99700261797' },
    password: 'girafe tunnel moutarde',
  },
  {
    code: '2',
    firstName: 'TEST',
    lastName: 'PREPARATEUR',
    role: 'preparateur',
    rpps: null,
    password: 'cerise boussole lanterne',
  },
]
