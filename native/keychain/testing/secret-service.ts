import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hindersWriting } from '../secret-service.ts'

/** A session of its own on this machine: its bus, its folders and nothing else. */
export type Session = {
  /** What makes a process belong to it. */
  readonly env: Readonly<Record<string, string>>
  /** Ends all that runs in it and removes its folders. */
  readonly stop: () => Promise<void>
}

/** A session with a real gnome-keyring, open. */
export type SessionWithKeychain = Session & {
  /** As when the session's user closes it. */
  readonly lock: () => Promise<void>
  /** From now on it takes calls and answers none. */
  readonly freeze: () => void
}

const startMs = 15_000
/** Whatever ends this process, even a kill, ends its children. */
const tied = ['--pdeathsig', 'TERM']

/** A bus that starts no service by itself: only what the test starts is there. */
const busSettings = (folder: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/** Starts a session without any keychain. It ends with `stop` or with this process. */
export async function startSession(): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-session-'))
  const under = (name: string): string => join(folder, name)
  for (const name of ['home', 'run', 'data', 'config', 'cache']) await mkdir(under(name), { mode: 0o700 })
  const env = {
    HOME: under('home'),
    XDG_RUNTIME_DIR: under('run'),
    XDG_DATA_HOME: under('data'),
    XDG_CONFIG_HOME: under('config'),
    XDG_CACHE_HOME: under('cache'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${under('run/bus')}`,
  }
  await writeFile(under('bus.conf'), busSettings(under('run')))
  const bus = startTied(
    ['dbus-daemon', `--config-file=${under('bus.conf')}`, '--nofork', '--print-address'],
    {
      env,
    },
  )
  const stop = async (): Promise<void> => {
    await ended(bus)
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  try {
    await until('the bus', async () => {
      await dbusSend(env, 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus.GetId')
      return true
    })
    return { env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Starts a session whose keychain is gnome-keyring, empty and open. It ends with `stop` or with this process. */
export async function startSessionWithKeychain(): Promise<SessionWithKeychain> {
  const { env, stop } = await startSession()
  const daemon = startTied(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'], {
    env,
  })
  daemon.stdin?.end('a keyring of the tests')
  const stopAll = async (): Promise<void> => {
    daemon.kill('SIGCONT')
    await ended(daemon)
    await stop()
  }
  try {
    await until(
      'the keychain',
      async () => (await hindersWriting({ platform: 'linux', env }, startMs)) === null,
    )
  } catch (error) {
    await stopAll()
    throw error
  }
  return {
    env,
    stop: stopAll,
    freeze: () => void daemon.kill('SIGSTOP'),
    lock: () =>
      dbusSend(
        env,
        'org.freedesktop.secrets',
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        'array:objpath:/org/freedesktop/secrets/collection/login',
      ),
  }
}

function startTied(command: readonly string[], { env }: SpawnOptions): ChildProcess {
  return spawn('setpriv', [...tied, ...command], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
}

async function dbusSend(
  env: Session['env'],
  destination: string,
  ...call: readonly [object: string, method: string, ...args: string[]]
): Promise<void> {
  const options = ['--session', '--print-reply', `--dest=${destination}`]
  await promisify(execFile)('dbus-send', [...options, ...call], { env, timeout: 5000 })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

async function until(what: string, ready: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + startMs
  while (!(await ready().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`${what} did not start`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
