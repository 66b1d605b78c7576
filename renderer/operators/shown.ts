import type { ArgsOf } from '../../electron/ipc/contract.ts'

/** Which operators are listed. */
export type ShownOperators = ArgsOf<'listOperators'>['shown']
/** In the order of the choice. */
export const shownOperators: readonly ShownOperators[] = ['team', 'suspended', 'departed', 'all']
