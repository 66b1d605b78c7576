import { execFile, execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { startSession, startSessionWithKeychain, type Session } from './testing/secret-service.ts'

const asked = join(import.meta.dirname, 'testing/asked.ts')
const secret = 'péché-mignon-7f3a'
const noKeychain = 'KeychainError: keychain: no-keychain'
const locked = 'KeychainError: keychain: locked'

const sessions: Session[] = []
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.stop()
})

async function kept<S extends Session>(starting: Promise<S>): Promise<S> {
  const session = await starting
  sessions.push(session)
  return session
}

/** What the keychain answers to each call, in a process of its own, which must end by itself. */
async function answers(
  env: Readonly<Record<string, string>>,
  calls: readonly string[],
  wrapper: readonly string[] = [],
): Promise<unknown[]> {
  const [program = '', ...args] = [...wrapper, process.execPath, asked, ...calls]
  const { stdout } = await promisify(execFile)(program, args, { env, timeout: 20_000 })
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

describe('the keychain of a session that has one', () => {
  it('keeps, gives, lists and removes', async () => {
    const { env } = await kept(startSessionWithKeychain())

    expect(await answers(env, ['read', 'names', 'remove'])).toEqual([null, [], false])
    expect(await answers(env, [`write:${secret}`, 'read'])).toEqual([null, secret])
    expect(await answers(env, ['read', 'names', 'write:another', 'read'])).toEqual([
      secret,
      ['psc.clientSecret'],
      null,
      'another',
    ])
    expect(await answers(env, ['remove', 'remove', 'read', 'names'])).toEqual([true, false, null, []])
  })

  it('is found by the folder of the session too, as where systemd keeps the bus', async () => {
    const { env } = await kept(startSessionWithKeychain())
    const { DBUS_SESSION_BUS_ADDRESS: _, ...others } = env
    expect(await answers(others, [`write:${secret}`, 'read'])).toEqual([null, secret])
  })

  it('writes no secret in clear on the disk', async () => {
    const { env } = await kept(startSessionWithKeychain())
    await answers(env, [`write:${secret}`])

    const folder = join(env['XDG_DATA_HOME'] ?? '', 'keyrings')
    const files = await readdir(folder)
    expect(files).toContain('login.keyring')
    for (const file of files) expect((await readFile(join(folder, file))).includes(secret)).toBe(false)
  })

  it('says that it is locked: never that there is no secret', async () => {
    const { env, lock } = await kept(startSessionWithKeychain())
    await answers(env, [`write:${secret}`])
    await lock()

    const calls = ['read', 'names', 'remove', 'write:another']
    expect(await answers(env, calls)).toEqual(calls.map(() => locked))
  })

  it('has no secret of ours, locked or not, when none was ever kept; there is no place for one', async () => {
    const { env, lock } = await kept(startSessionWithKeychain())
    await lock()

    expect(await answers(env, ['read', 'names', 'remove', `write:${secret}`])).toEqual([
      null,
      [],
      false,
      locked,
    ])
  })

  it('is given up after 10 s when it does not answer, and holds nothing that would keep a process', async () => {
    const { env, freeze } = await kept(startSessionWithKeychain())
    freeze()

    expect(await answers(env, ['read'])).toEqual([locked])
  })
})

describe('a session without keychain', () => {
  const calls = ['read', 'names', 'remove', `write:${secret}`]
  const refused = calls.map(() => noKeychain)

  it('has a bus, and no secret service on it', async () => {
    const { env } = await kept(startSession())
    expect(await answers(env, calls)).toEqual(refused)
  })

  it('has no bus', async () => {
    expect(await answers({}, calls)).toEqual(refused)
    expect(await answers({ DBUS_SESSION_BUS_ADDRESS: '' }, calls)).toEqual(refused)
  })

  it('has the address of a bus that is gone', async () => {
    const { env, stop } = await startSession()
    await stop()
    expect(await answers(env, calls)).toEqual(refused)
  })

  it('has no libsecret: the module does not load', async (context) => {
    context.skip(!mayHideLibraries(), 'this machine mounts nothing')
    const { env } = await kept(startSessionWithKeychain())
    const [read] = await answers(env, ['read'], hidingLibsecret())
    expect(read).toMatch(/^KeychainError: keychain: no-keychain \(.*keytar/u)
  })
})

/** Runs what follows in a mount namespace where an empty file stands for libsecret. */
function hidingLibsecret(): [program: string, ...args: string[]] {
  const path = execFileSync('/usr/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  const library = /libsecret-1\.so\.0 .*=> (?<path>\S+)/u.exec(path)?.groups?.['path'] ?? ''
  const script = 'mount --bind /dev/null "$0" && exec "$@"'
  return ['/usr/bin/unshare', '--mount', '--map-root-user', '/bin/sh', '-c', script, library]
}

function mayHideLibraries(): boolean {
  const [program, ...args] = [...hidingLibsecret(), '/bin/true']
  try {
    execFileSync(program, args, { stdio: 'ignore', env: { PATH: process.env['PATH'] } })
    return true
  } catch {
    return false
  }
}
