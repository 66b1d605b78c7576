import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { utilityProcess } from 'electron'
import { newReference } from '../journal/reference.ts'
import { createCardSupervisor, type CardProcess, type CardSupervisor } from '../../native/card/supervisor.ts'
import { remoteSessionOf } from '../../native/card/remote.ts'
import type { CardSnapshot } from '../../native/card/states.ts'
import type { Settings } from '../settings/schema.ts'
import type { TechnicalLog } from './log.ts'

/** The card process's environment: what PC/SC, Cryptolib and its cache need, and nothing of this program's. */
const keptEnvironment = [
  'PATH',
  'SystemRoot',
  'ProgramData',
  'TEMP',
  'USERPROFILE',
  'HOME',
  'XDG_RUNTIME_DIR',
] as const

type Parts = { settings: Settings; dist: string; log: TechnicalLog }

/** Makes the supervisor of the card process, which it tells of each change; null where the settings silence the card. */
export type MakeCardSupervisor = ((changed: (snapshot: CardSnapshot) => void) => CardSupervisor) | null

export function cardSupervisor({ settings, dist, log }: Parts): MakeCardSupervisor {
  const { enabled, modulePath } = settings.card
  if (!enabled) return null
  return (changed) =>
    createCardSupervisor({
      fork: () => forkCardProcess(join(dist, 'main', 'card-process.cjs'), log),
      modulePath,
      remote: remoteSessionOf({ platform: process.platform, env: process.env }),
      monotonic: () => performance.now(),
      newReference,
      note: (note, reference) => void log.note(note, { reference }),
      changed,
    })
}

function forkCardProcess(file: string, log: TechnicalLog): CardProcess {
  const env = Object.fromEntries(
    keptEnvironment.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const child = utilityProcess.fork(file, [], {
    env,
    stdio: 'ignore',
    serviceName: 'Comptoir : lecteur de carte',
    // macOS: ANS's library is not signed by us (cryptolib-cps.md §5).
    allowLoadingUnsignedLibraries: true,
  })
  // Its end follows; unheard, this event would be an exception here.
  child.on('error', (type) => void log.note(`the card process: ${type}`))
  return {
    pid: () => child.pid,
    post: child.postMessage.bind(child),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
  }
}
