import type { Migration } from 'kysely/migration'
import { initial } from './0001-initial.ts'

export type Engine = 'sqlite' | 'postgres'

/** Every migration there ever was, in the order of their numbers. A published one is never changed. */
export function migrationsFor(engine: Engine): Record<string, Migration> {
  return { '0001-initial': initial(engine) }
}
