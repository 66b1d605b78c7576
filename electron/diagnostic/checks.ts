import type { Check } from './check.ts'
import { backup } from './checks/backup.ts'
import { browser } from './checks/browser.ts'
import { card } from './checks/card.ts'
import { clock } from './checks/clock.ts'
import { cryptolib } from './checks/cryptolib.ts'
import { database } from './checks/database.ts'
import { disk } from './checks/disk.ts'
import { display } from './checks/display.ts'
import { journal } from './checks/journal.ts'
import { keychain } from './checks/keychain.ts'
import { loopbackPorts } from './checks/loopback-ports.ts'
import { nationalId } from './checks/national-id.ts'
import { proxy } from './checks/proxy.ts'
import { psc } from './checks/psc.ts'
import { readers } from './checks/readers.ts'
import { remoteSession } from './checks/remote-session.ts'
import { settings } from './checks/settings.ts'
import { smartCardService } from './checks/smart-card-service.ts'
import { versions } from './checks/versions.ts'
import { checkIds, type CheckId } from './finding.ts'

const byId: { readonly [Id in CheckId]: Check } = {
  settings,
  cryptolib,
  'smart-card-service': smartCardService,
  readers,
  card,
  'national-id': nationalId,
  psc,
  clock,
  'loopback-ports': loopbackPorts,
  browser,
  proxy,
  keychain,
  database,
  backup,
  journal,
  disk,
  'remote-session': remoteSession,
  display,
  versions,
}

/** Every check of « Diagnostic du poste », in the order of their numbers. */
export const checks: readonly Check[] = checkIds.map((id) => byId[id])
