import assert from 'node:assert/strict'
import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { apt, aptOptions } from './debian.ts'
import { comptoir, dataFolder, executable, linesOf, program, settingsFile } from './program.ts'
import type { Proof } from './proof.ts'
import type { Root } from './root.ts'

/** A package, and what it says of itself. */
export type Deb = { readonly file: string; readonly name: string; readonly version: string }

/** What an account may do there is decided by its group only for these two. */
const folders = { settings: '/etc/comptoir', data: dataFolder } as const

/** Installs a package as a technician does; resolves to what apt and the package said. */
export async function install(root: Root, { file }: Deb, ...options: readonly string[]): Promise<string> {
  return apt(root, 'install', ...options, await bring(root, file))
}

/** The same, which may be refused. */
export async function tryToInstall(root: Root, { file }: Deb, ...options: readonly string[]) {
  const words = ['apt-get', '-qy', 'install', ...options, await bring(root, file)]
  const { code, out, errors } = await root.run(words, aptOptions)
  return { code, said: `${out}\n${errors}` }
}

async function bring(root: Root, file: string): Promise<string> {
  const there = '/root/comptoir.deb'
  await copyFile(file, root.path(there))
  return there
}

/** What stands there once the package is installed on a Debian that has nothing else. */
export async function proveInstalled(proof: Proof, root: Root, deb: Deb): Promise<void> {
  const { that } = proof
  await that('apt installs it, with what it depends on, on a Debian that has nothing else', async () => {
    const said = await install(root, deb)
    assert.match(said, new RegExp(`Setting up ${deb.name} `, 'u'))
  })
  await that(
    'its files are as the package has them (dpkg -V), and none is left to be configured',
    async () => {
      assert.equal(await root.must(['dpkg', '-V', deb.name]), '')
      assert.equal(await root.must(['dpkg', '--audit']), '')
    },
  )
  await that('no library that its executable or an addon is linked to is missing', async () => {
    const script = `for file in ${executable} $(find ${program} -name '*.node' -o -name '*.so*'); do ldd "$file"; done`
    const missing = (await root.must(['sh', '-c', script]))
      .split('\n')
      .filter((line) => /not found/u.test(line))
    assert.deepEqual(missing, [])
  })
  await that('users read the settings and cannot change them', () => proveRights(root, 'settings'))
  await that('users write the data', () => proveRights(root, 'data'))
  await that('its files belong to root, who alone may write them', async () => {
    const wrong = ['-not', '-type', 'l', '(', '-not', '-user', 'root', '-o', '-perm', '/022', ')']
    assert.equal(await root.must(['find', program, ...wrong]), '')
    const raised = await root.must(['find', program, '-perm', '/6000', '-printf', '%p %m\n'])
    assert.equal(raised.trim(), `${program}/chrome-sandbox 4755`)
  })
  await that('nothing of it is started, at once or with the machine', async () => {
    const units = ['/etc/systemd', '/lib/systemd', '/etc/init.d', '/etc/xdg/autostart', '/etc/cron.d']
    const found = await root.run(['grep', '-rli', 'comptoir', ...units])
    assert.equal(found.out, '')
  })
  await proveCommands(proof, root, deb)
}

async function proveRights(root: Root, which: keyof typeof folders): Promise<void> {
  const folder = folders[which]
  const mode = async (path: string) => (await root.must(['stat', '-c', '%U %a', path])).trim()
  const writes = async (path: string) =>
    (await root.run(['sh', '-c', `touch ${path} && rm ${path}`], { user: 'officine' })).code === 0
  if (which === 'data') {
    assert.equal(await writes(`${folder}/essai`), true, 'an ordinary account cannot write there')
    return
  }
  assert.equal(await mode(folder), 'root 755')
  for (const file of await readdir(root.path(folder))) {
    assert.equal(await mode(join(folder, file)), 'root 644', file)
    await root.must(['cat', join(folder, file)], { user: 'officine' })
  }
  assert.equal(await writes(`${folder}/essai`), false, 'an ordinary account writes there')
  assert.equal((await root.run(['sh', '-c', `: >>${settingsFile}`], { user: 'officine' })).code !== 0, true)
}

/** Commands, by an ordinary account that has no display. */
async function proveCommands({ that, note }: Proof, root: Root, { version }: Deb): Promise<void> {
  const asUser = (...words: readonly string[]) => comptoir(root, words, { user: 'officine' })
  await that('comptoir --version tells the version of the package', async () => {
    const { code, out } = await asUser('--version')
    assert.equal(code, 0)
    assert.match(out, new RegExp(String.raw`^${version.replaceAll('.', String.raw`\.`)}( \(.+\))?\n$`, 'u'))
    note(out.trim())
  })
  await that(
    'comptoir --check-config finds nothing to say of the settings that the package made',
    async () => {
      const { code, errors } = await asUser('--check-config')
      assert.deepEqual({ code, errors: linesOf(errors) }, { code: 0, errors: [] })
    },
  )
  await that('comptoir --diagnostic --json is JSON, and its code tells its verdict', async () => {
    const { code, out } = await asUser('--diagnostic', '--json')
    const { verdict }: { verdict: string } = JSON.parse(out)
    note(`verdict: ${verdict}, code ${code}`)
    assert.equal(code, { fine: 0, watch: 1, mend: 2 }[verdict])
  })
  await that(
    'commands that write ask an ordinary account for a titulaire (1), and an unknown one is told (64)',
    async () => {
      assert.equal((await asUser('journal', 'export', '--format', 'csv', '--output', '/tmp/j.csv')).code, 1)
      const unknown = await asUser('ouvre-toi')
      assert.equal(unknown.code, 64)
      assert.match(unknown.errors, /Commande inconnue/u)
    },
  )
}
