import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { checkConfigTexts as texts } from '../../renderer/ui/texts/check-config.ts'
import { settingsTexts } from '../../renderer/ui/texts/settings.ts'
import { backupsFolder } from '../settings/paths.ts'
import { cibaChannelOf, type PscSettings } from '../settings/psc.ts'
import { readSettings } from '../settings/read.ts'
import type { Settings } from '../settings/schema.ts'
import { databaseFile } from '../storage/open.ts'
import { argumentsOf } from './arguments.ts'
import { CommandFault } from './fault.ts'
import type { CommandCall } from './perform.ts'

/**
 * `--check-config [FILE]`: what the settings come to, or each of their faults on standard error (78). A file that is
 * named must be there (74); without comptoir.json, these are the defaults.
 */
export function checkConfig({ words, usage, program, tools: { terminal } }: CommandCall): number {
  const { positionals } = argumentsOf(words, { usage, count: words.length === 0 ? 0 : 1, options: {} })
  const [named] = positionals
  const file = named === undefined ? program.paths.settings : resolve(named)
  const read = readSettings(file, program)
  if (read.kind === 'faulty') throw new CommandFault(78, read.faults.map(settingsTexts.fault))
  if (!read.found && named !== undefined) throw new CommandFault(74, [texts.noSuchFile(file)])
  terminal.say(read.found ? texts.correct(file) : texts.absent(file))
  for (const line of summaryOf(read.settings, program.paths.data)) terminal.say(line)
  return 0
}

/** What each important choice comes to. Nothing secret: of an address, the host. */
function summaryOf(settings: Settings, dataDir: string): string[] {
  const { pharmacy, workstation, support, storage, network, psc, card, identification, session } = settings
  return [
    texts.pharmacy(pharmacy.name, pharmacy.finess),
    texts.workstation(workstation.name),
    texts.support(support.name, support.phone),
    ...(psc === undefined ? [texts.pscOff] : summaryOfPsc(psc)),
    card.enabled ? texts.card(card.modulePath, card.onRemoval) : texts.cardOff,
    texts.session(session.idleLockMinutes, session.maxHours),
    texts.shortcut(identification.shortcut),
    texts.journal(settings.journal.retentionMonths),
    texts.database(databaseFile(storage.url, dataDir)),
    texts.backups(backupsFolder(dataDir, storage.backupFolder, hostname())),
    texts.proxy(network.proxy === null ? null : new URL(network.proxy).host),
    texts.modules(
      settings.modules.map(({ label, shortcut }) =>
        shortcut === undefined ? label : `${label} ${shortcut}`,
      ),
    ),
  ]
}

function summaryOfPsc(psc: PscSettings): string[] {
  const { host } = new URL(psc.issuer)
  return [
    psc.clientAuthentication === 'none'
      ? texts.pscBroker(host)
      : texts.pscDirect(host, psc.clientAuthentication),
    ...secretsOf(psc),
    texts.ciba(cibaChannelOf(psc)),
  ]
}

function secretsOf({ clientAuthentication, p12File }: PscSettings): string[] {
  switch (clientAuthentication) {
    case 'none':
      return []
    case 'client_secret_basic':
    case 'client_secret_post':
      return [texts.secretNeeded('psc.clientSecret')]
    case 'private_key_jwt':
      return [texts.secretPerhaps('psc.keyPassphrase')]
    case 'tls_client_auth':
      return [texts.secretPerhaps(p12File === null ? 'psc.keyPassphrase' : 'psc.p12Password')]
    default:
      return clientAuthentication
  }
}
