import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, start, succeeded, type ProgramOptions, type Running, type Told } from './told.ts'

/** Somebody of the root: a name that its /etc/passwd knows. */
export type User = 'root' | 'officine' | 'stagiaire'

export type InsideOptions = Pick<ProgramOptions, 'input' | 'seconds'> & {
  /** root unless told. */
  readonly user?: User
  readonly env?: Readonly<Record<string, string>>
  /** The machine's network, for apt; else there is none but the loopback. */
  readonly network?: boolean
  readonly folder?: string
}

/** A Debian of its own: its files, its processes and its network are nobody else's. */
export type Root = {
  /**
   * Where a file of it is, seen from here. Its absolute symbolic links lead to the machine's files: only for paths that
   * have none.
   */
  readonly path: (inside: string) => string
  /** Runs a program in it, to its end. */
  readonly run: (words: readonly string[], options?: InsideOptions) => Promise<Told>
  /** The same, which must end with 0; resolves to its standard output. */
  readonly must: (words: readonly string[], options?: InsideOptions) => Promise<string>
  readonly start: (words: readonly string[], options?: InsideOptions) => Running
  /** Ends all that runs in it; what was written over its folder is gone. */
  readonly close: () => Promise<void>
}

export type Place = {
  readonly folder: string
  /** An empty folder, that serves to mount. */
  readonly place: string
  /** Where apt keeps the packages that it has downloaded. */
  readonly archives: string
  /** Whether what is written goes to the folder; else it stays in memory. */
  readonly kept: boolean
}

const script = fileURLToPath(new URL('open-root.sh', import.meta.url))
const homes: Record<User, string> = {
  root: '/root',
  officine: '/home/officine',
  stagiaire: '/home/stagiaire',
}

/**
 * Opens a root. It lasts until `close`, or until this process ends, however it does: the process that holds it reads from
 * ours, and all others are in its namespace.
 */
export async function openRoot({ folder, place, archives, kept }: Place): Promise<Root> {
  const namespaces = ['--mount', '--pid', '--net', '--ipc', '--fork', '--kill-child=KILL']
  const words = [...namespaces, '--propagation', 'private', '--', 'sh', script]
  const holder = spawn('unshare', [...words, kept ? 'in' : 'over', folder, place, archives], {
    stdio: 'pipe',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    // Control-C is ours to hear: the root is closed after what runs in it.
    detached: true,
  })
  let errors = ''
  holder.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = once(holder, 'close')
  const pid = await Promise.race([
    once(holder.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text).trim()),
    ended.then(() => null),
  ])
  if (pid === null) throw new Error(`The scratch root cannot be opened: ${errors.trim()}`)

  const enter = (words: readonly string[], options: InsideOptions): string[] => {
    const { user = 'root', env = {}, network = false, folder: at = homes[user] } = options
    const variables = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: homes[user],
      USER: user,
      LANG: 'C.UTF-8',
      ...env,
    }
    const namespaces = ['--mount', '--pid', '--ipc', ...(network ? [] : ['--net'])]
    const identity = [`--reuid=${user}`, `--regid=${user}`, '--init-groups']
    const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
    const entering = ['nsenter', `--target=${pid}`, ...namespaces, '--']
    // nsenter hands no signal on: what it started ends when it does.
    const becoming = ['setpriv', '--pdeathsig=KILL', ...identity, 'env', '-i', '-C', at, ...given]
    return [...entering, ...becoming, ...words]
  }
  const startInside: Root['start'] = (words, options = {}) =>
    start(enter(words, options), programOptions(options))
  const runInside: Root['run'] = (words, options = {}) => run(enter(words, options), programOptions(options))
  return {
    path: (inside) => join(`/proc/${pid}/root`, inside),
    run: runInside,
    must: async (words, options) => succeeded(words, await runInside(words, options)),
    start: startInside,
    close: async () => {
      holder.stdin.end()
      await ended
    },
  }
}

function programOptions({ input, seconds }: InsideOptions): ProgramOptions {
  return { ...(input === undefined ? {} : { input }), ...(seconds === undefined ? {} : { seconds }) }
}
