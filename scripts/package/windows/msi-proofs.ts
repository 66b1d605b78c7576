import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CODES } from './codes.ts'
import type { Ledger } from './ledger.ts'
import { buildMsi } from './msi-build.ts'
import { windowsPath, type Wine } from './wine.ts'

/** ERROR_INSTALL_FAILURE, which msiexec ends with whatever the reason: its journal has the words. */
const FAILURE = 1603 % 256

/** The MSI: Debian's wixl makes it of electron-builder's template, and Wine's Windows Installer runs its actions. */
export async function proveMsi({ prove }: Ledger, wine: Wine, scratch: string, setup: string): Promise<void> {
  const payload = join(scratch, 'payload')
  const program = join(wine.drive, 'Program Files/Comptoir')
  const data = join(wine.drive, 'ProgramData/Comptoir')
  const record = join(wine.drive, 'record.txt')
  const older = join(scratch, 'msi/older')
  const newer = join(scratch, 'msi/newer')
  const msiexec = async (action: '/i' | '/x', folder: string, args: readonly string[] = [], code = 0) => {
    await rm(record, { force: true })
    const file = windowsPath(join(folder, 'comptoir.msi'))
    const ended = await wine.run('msiexec', [action, file, '/qn', '/l*v', 'C:\\msi.log', ...args], {
      env: { COMPTOIR_RECORD: 'C:\\record.txt', COMPTOIR_CODE: String(code) },
    })
    // Wine writes it in the system's code page, Windows in UTF-16.
    return { code: ended.code, journal: await readFile(join(wine.drive, 'msi.log'), 'latin1') }
  }
  // The other installer's uninstaller stays, when it works where it is.
  await rm(program, { recursive: true, force: true })
  const prepared = async () => (await readFile(record, 'utf8')).split('\n').slice(0, -1)

  await prove("msi: electron-builder's template, with ours, is made by wixl", async () => {
    await buildMsi(older, payload, '1.9.0')
    await buildMsi(newer, payload, '1.10.0')
  })
  await prove('msi: a preparation that fails is told, 1603, nothing stays', async () => {
    const { code, journal } = await msiexec('/i', older, ['HOST=a b'], 64)
    equal(code, FAILURE)
    tells(journal, /^Comptoir n'est pas install.*\(code 64\).*\r?\npsc\.issuer : cette adresse/mu)
    ok(!existsSync(program))
  })
  await prove('msi: properties reach « comptoir prepare », quoted as they must be', async () => {
    const pharmacy = "Pharmacie de l'Étoile (Dupont & Fils) n° 2"
    const { code } = await msiexec('/i', older, [
      'HOST=psc.officine.local:8443',
      `PHARMACY=${pharmacy}`,
      'CODEFILE=C:\\x\\',
    ])
    equal(code, 0)
    deepEqual(await prepared(), [
      'prepare',
      '--host',
      'psc.officine.local:8443',
      '--pharmacy',
      pharmacy,
      '--code-file',
      'C:\\x\\',
    ])
    ok(existsSync(join(program, 'bin/comptoir.exe')))
  })
  await prove('msi: the other installer refuses to install over it, 1638', async () => {
    const { code, stderr } = await wine.run(setup, ['/S'])
    equal(code, CODES.otherVersion)
    match(stderr, /déjà été installé sur ce poste par le paquet MSI/u)
  })
  await prove('msi: over Comptoir that is open, 1603, told, and it stays open', async () => {
    const open = await wine.open(join(program, 'Comptoir.exe'), ['attend'])
    const ends = [await msiexec('/i', newer), await msiexec('/x', older)]
    const wasClosed = open.hasEnded()
    await open.kill()
    ok(!wasClosed, 'it was closed')
    for (const { code, journal } of ends) {
      equal(code, FAILURE)
      tells(journal, /Comptoir est ouvert sur ce poste/u)
    }
    ok(!existsSync(record))
  })
  await mkdir(join(data, 'data'), { recursive: true })
  await writeFile(join(data, 'data/comptoir.db'), 'journal')
  await prove('msi: uninstalled, the program goes and the data stay', async () => {
    equal((await msiexec('/x', older)).code, 0)
    ok(!existsSync(program))
    ok(existsSync(join(data, 'data/comptoir.db')))
  })
  await prove('msi: settings to correct (78), told, installed', async () => {
    const { code, journal } = await msiexec('/i', older, [], 78)
    equal(code, 0)
    tells(journal, /Comptoir est install., mais ses r.glages sont . corriger/u)
    ok(existsSync(join(program, 'Comptoir.exe')))
  })
  await prove('msi: uninstalled with DELETEDATA=1, the data go too', async () => {
    equal((await msiexec('/x', older, ['DELETEDATA=1'])).code, 0)
    ok(!existsSync(program))
    ok(!existsSync(data))
  })
  await prove('msi: a newer version is prepared as an upgrade', async () => {
    equal((await msiexec('/i', older)).code, 0)
    equal((await msiexec('/i', newer)).code, 0)
    deepEqual(await prepared(), ['prepare', '--upgrade'])
  })
}

/** A journal has hundreds of lines, which would hide the others. */
function tells(journal: string, words: RegExp): void {
  ok(words.test(journal), `the journal has not ${words}`)
}
