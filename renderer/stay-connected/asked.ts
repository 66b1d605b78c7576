import type { ViewOf } from '../../electron/ipc/views.ts'

/** What the window asks. */
export type Asked = NonNullable<ViewOf<'stay-connected'>['question']>

/** The question of one kind. */
export type AskedOf<K extends Asked['kind']> = Extract<Asked, { kind: K }>
