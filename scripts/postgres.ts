import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const SERVERS = '/usr/lib/postgresql'
const USER = 'comptoir'
const DATABASE = 'postgres'
const ATTEMPTS = 3
/** Whatever ends this process, even a kill, shuts the server down. */
const TIED = ['--pdeathsig', 'INT']

export interface Postgres {
  /** A postgresql:// address whose user owns everything in the cluster. */
  readonly url: string
  stop(): Promise<void>
}

/** Whom PostgreSQL runs as; nothing when we are an ordinary user, for it refuses only root. */
interface Owner {
  uid?: number
  gid?: number
}

/**
 * Starts a private PostgreSQL cluster of the newest version installed, empty, on 127.0.0.1 and a free port, with a
 * password of its own. What it holds may be lost in a power cut: it is for tests. It ends with `stop`, which
 * removes it from the disk, or with this process.
 * @throws {Error} when no server is installed or it does not start
 */
export async function startPostgres(): Promise<Postgres> {
  const programs = await newestPrograms()
  const owner = serverOwner()
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-postgres-'))
  const data = join(folder, 'data')
  const password = randomBytes(18).toString('base64url')
  const passwordFile = join(folder, 'password')
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    const { uid, gid } = owner
    if (uid !== undefined && gid !== undefined) {
      for (const path of [folder, passwordFile]) await chown(path, uid, gid)
    }
    await initialise(join(programs, 'initdb'), data, passwordFile, owner)
    const { server, port } = await serve(join(programs, 'postgres'), data, owner)
    return {
      url: `postgresql://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`,
      stop: async () => {
        if (server.exitCode === null && server.signalCode === null) {
          // Fast shutdown: clients still connected are sent away.
          server.kill('SIGINT')
          await once(server, 'exit')
        }
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function newestPrograms(): Promise<string> {
  const versions = await readdir(SERVERS).catch(() => [])
  const newest = versions.map(Number).sort((a, b) => b - a)[0]
  if (newest === undefined)
    throw new Error('No PostgreSQL server: as root, type `apt-get install postgresql`.')
  return join(SERVERS, String(newest), 'bin')
}

/** PostgreSQL refuses to run as root: it is then run as its own user, which Debian's package makes. */
function serverOwner(): Owner {
  if (process.getuid?.() !== 0) return {}
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function idOf(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
}

async function initialise(program: string, data: string, passwordFile: string, owner: Owner): Promise<void> {
  const child = spawn(
    program,
    [
      '-D',
      data,
      '-U',
      USER,
      '--pwfile',
      passwordFile,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const complaint = collect(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`initdb failed: ${complaint()}`)
}

/** Starts the server on a free port; somebody else may take the port in between, hence the attempts. */
async function serve(
  program: string,
  data: string,
  owner: Owner,
  attempt = 1,
): Promise<{ server: ChildProcess; port: number }> {
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  }
  const server = spawn(
    'setpriv',
    [
      ...TIED,
      program,
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...owner, cwd: '/', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const complaint = collect(server)
  if (await isReady(server)) return { server, port }
  if (attempt === ATTEMPTS) throw new Error(`PostgreSQL did not start: ${complaint()}`)
  return serve(program, data, owner, attempt + 1)
}

/** Resolves with true when the server says that it takes connections, with false when it ends first. */
function isReady(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.once('exit', () => resolve(false))
    if (!server.stderr) return
    createInterface(server.stderr).on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve(true)
    })
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No TCP port on 127.0.0.1')
  return address.port
}

/** Keeps the last words of a child, for the error message. */
function collect(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (chunk) => (text = `${text}${String(chunk)}`.slice(-2000)))
  return () => text.trim()
}
