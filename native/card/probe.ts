import { spawn } from 'node:child_process'
import { openWatch } from './open-watch.ts'
import type { RemoteSession } from './protocol.ts'
import { only } from './run-program.ts'
import { cardSnapshot, type CardSnapshot } from './states.ts'

/** What a process of its own has seen of the card: it may crash or hang with the vendor's library. */
export type Probed =
  | { readonly kind: 'seen'; readonly snapshot: CardSnapshot }
  /** It ended by itself, or did not answer. */
  | { readonly kind: 'failed'; readonly why: 'ended' | 'hung' }

/**
 * Loads Cryptolib and reads every card once, in this process, which is then good for nothing else: whoever started it
 * kills it. Rejects when the thread that holds Cryptolib ends.
 */
export async function probeCards(asked: {
  /** `card.modulePath` of the settings. */
  modulePath: string | null
  remote: RemoteSession | null
}): Promise<CardSnapshot> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('the thread that held Cryptolib has ended'))
    openWatch({ ...asked, reference: '', answered: nothing, changed: nothing, ended })
      .then(({ watch }) => {
        watch.start()
        return watch.test()
      })
      .then(({ snapshot }) => resolve(snapshot))
      .catch(reject)
  })
}

function nothing(): void {
  // Nobody follows it.
}

/** What PC/SC, Cryptolib and its cache need, and nothing of who asks. */
const keptEnvironment = [
  'PATH',
  'SystemRoot',
  'ProgramData',
  'TEMP',
  'USERPROFILE',
  'HOME',
  'XDG_RUNTIME_DIR',
]

type Probe = {
  /** What runs `probeCards` and says the snapshot on a line of its own, in JSON: a program and its arguments. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** In milliseconds. */
  readonly patienceMs: number
}

/** Has the cards read by a process that is killed once it has said what it saw, or is late. Never rejects. */
export function probeAside({ command, env, patienceMs }: Probe): Promise<Probed> {
  const [program = '', ...args] = command
  return new Promise((resolve) => {
    const probe = spawn(program, args, {
      env: { ...only(process.env, keptEnvironment), ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    let said = ''
    const end = (probed: Probed): void => {
      clearTimeout(late)
      probe.kill('SIGKILL')
      probe.stdout.destroy()
      resolve(probed)
    }
    const late = setTimeout(() => end({ kind: 'failed', why: 'hung' }), patienceMs)
    probe.once('error', () => end({ kind: 'failed', why: 'ended' }))
    probe.once('close', () => end({ kind: 'failed', why: 'ended' }))
    probe.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const snapshot = snapshotIn(said)
      if (snapshot !== null) end({ kind: 'seen', snapshot })
    })
  })
}

/** On a line that is whole: the vendor's library may print some of its own. */
function snapshotIn(said: string): CardSnapshot | null {
  for (const line of said.split('\n').slice(0, -1)) {
    const { data } = cardSnapshot.safeParse(parsed(line))
    if (data !== undefined) return data
  }
  return null
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
