import type { Role } from '../../../electron/operators/operator.ts'

/** What a list of operators may call a role, besides its name in the windows and its code. */
export const roleWords: Record<Role, readonly string[]> = {
  titulaire: ['pharmacien titulaire', 'pharmacienne titulaire'],
  adjoint: ['adjointe', 'pharmacienne adjointe'],
  remplacant: ['remplaçante', 'pharmacien remplaçant', 'pharmacienne remplaçante'],
  preparateur: ['préparatrice', 'préparateur en pharmacie', 'préparatrice en pharmacie'],
  etudiant: ['étudiante', 'étudiante en pharmacie'],
  apprenti: ['apprentie'],
  autre: [],
}
