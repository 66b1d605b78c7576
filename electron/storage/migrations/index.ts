import type { Migration } from 'kysely/migration'
import type { Engine } from '../schema.ts'
import { initial } from './0001-initial.ts'
import { rppsLinks } from './0002-rpps-links.ts'
import { phonePushes } from './0003-phone-pushes.ts'
import { teamAndJournal } from './0004-team-and-journal.ts'
import { throttleTime } from './0005-throttle-time.ts'

/** Every migration there ever was, in the order of their numbers. A published one is never changed. */
export function migrationsFor(engine: Engine): Record<string, Migration> {
  return {
    '0001-initial': initial(engine),
    '0002-rpps-links': rppsLinks,
    '0003-phone-pushes': phonePushes(engine),
    '0004-team-and-journal': teamAndJournal(engine),
    '0005-throttle-time': throttleTime,
  }
}
