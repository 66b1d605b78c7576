import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CODES } from './codes.ts'
import type { Ledger } from './ledger.ts'
import { proveOptions } from './option-proofs.ts'
import { windowsPath, type Wine } from './wine.ts'

export type Setups = {
  /** The program, as it is installed. */
  readonly payload: string
  readonly older: string
  readonly newer: string
  /** One that asks for more room than any disk has. */
  readonly huge: string
}

/** The installer, silent, from the first installation to the last removal. */
export async function proveInstaller({ prove }: Ledger, wine: Wine, setups: Setups): Promise<void> {
  const program = join(wine.drive, 'Program Files/Comptoir')
  const data = join(wine.drive, 'ProgramData/Comptoir')
  const record = join(wine.drive, 'record.txt')
  const install = async (setup: string, args: readonly string[], code = 0) => {
    await rm(record, { force: true })
    const env = {
      COMPTOIR_PAYLOAD: windowsPath(setups.payload),
      COMPTOIR_RECORD: 'C:\\record.txt',
      COMPTOIR_CODE: String(code),
    }
    return wine.run(setup, ['/S', ...args], { env })
  }
  // With « _?= » the uninstaller works where it is, and its exit code is known; NSIS wants no quotes there: two words.
  const uninstall = (...args: readonly string[]) =>
    wine.run(join(program, 'Uninstall Comptoir.exe'), ['/S', ...args, '_?=C:\\Program', 'Files\\Comptoir'])
  const prepared = async () => (await readFile(record, 'utf8')).split('\n').slice(0, -1)
  const isUntouched = () => !existsSync(program) && !existsSync(data) && !existsSync(record)

  await writeFile(join(wine.drive, 'code.txt'), 'ABCD-EFGH-1234\n')
  await proveOptions({ prove }, (args) => install(setups.huge, args))

  await prove('installer: an option that it does not know, 87, told, nothing written', async () => {
    const { code, stderr } = await install(setups.older, ['/HOTE=srv', '/s', '/HOST=srv', 'srv'])
    equal(code, CODES.badOption)
    match(stderr, /Option «\s\/HOTE\s» inconnue.*Option «\s\/s\s» inconnue.*Option «\ssrv\s» inconnue/su)
    ok(isUntouched())
  })
  await prove('installer: no room, 112, nothing written', async () => {
    const { code, stderr } = await install(setups.huge, [])
    equal(code, CODES.diskFull)
    match(stderr, /pas assez de place sur le disque C:/u)
    ok(isUntouched())
  })
  await prove('installer: Windows 7, 1150, nothing written', async () => {
    await wine.pretend('win7')
    const { code, stderr } = await install(setups.older, [])
    await wine.pretend('win10')
    equal(code, CODES.oldWindows)
    match(stderr, /Windows 10/u)
    ok(isUntouched())
  })
  await prove('installer: all the options reach « comptoir prepare », as they were typed', async () => {
    const pharmacy = "Pharmacie de l'Étoile (Dupont & Fils) n° 2"
    const { code, stderr } = await install(setups.older, [
      '/HOST=psc.officine.local:8443',
      '/REALM=officine',
      '/CLIENT=comptoir',
      `/PHARMACY=${pharmacy}`,
      '/FINESS=2A1234567',
      '/WORKSTATION=Poste 1',
      '/SUPPORT=Société Œuvre',
      '/PHONE=+33 1 23.45',
      '/CODEFILE=C:\\code.txt',
    ])
    equal(code, 0, stderr)
    deepEqual(await prepared(), [
      'prepare',
      '--host',
      'psc.officine.local:8443',
      '--realm',
      'officine',
      '--client',
      'comptoir',
      '--pharmacy',
      pharmacy,
      '--finess',
      '2A1234567',
      '--workstation',
      'Poste 1',
      '--support',
      'Société Œuvre',
      '--phone',
      '+33 1 23.45',
      '--code-file',
      'C:\\code.txt',
    ])
    ok(existsSync(join(program, 'bin/comptoir.exe')))
    ok(!existsSync(join(program, 'resources/elevate.exe')))
  })
  await mkdir(join(data, 'data'), { recursive: true })
  await writeFile(join(data, 'data/comptoir.db'), 'journal')

  await prove('installer: over Comptoir that is open, 32, and it stays open', async () => {
    const open = await wine.open(join(program, 'Comptoir.exe'), ['attend'])
    const ends = [(await install(setups.newer, [])).code, (await uninstall()).code]
    const wasClosed = open.hasEnded()
    await open.kill()
    ok(!wasClosed, 'it was closed')
    deepEqual(ends, [CODES.inUse, CODES.inUse])
    ok(!existsSync(record))
  })
  await prove('installer: settings to correct (78), told in the right letters, installed', async () => {
    const { code, stderr } = await install(setups.newer, [], 78)
    equal(code, 0)
    match(stderr, /réglages sont à corriger\.\r\npsc\.issuer : cette adresse n’est pas à l’émetteur « été »/u)
    deepEqual(await prepared(), ['prepare', '--upgrade'])
    match(await readFile(join(data, 'installation.log'), 'utf8'), /l’émetteur « été »/u)
  })
  await prove('installer: over a newer version, 1638, nothing touched', async () => {
    const { code, stderr } = await install(setups.older, [])
    equal(code, CODES.otherVersion)
    match(stderr, /1\.10\.0, plus récent que 1\.9\.0/u)
    ok(!existsSync(record))
  })
  await prove('installer: a preparation that fails is told, with 87 for a bad option and 1603', async () => {
    equal((await install(setups.newer, [], 64)).code, CODES.badOption)
    const { code, stderr } = await install(setups.newer, [], 74)
    equal(code, CODES.notPrepared)
    match(stderr, /n'est pas préparé \(code 74\)/u)
  })
  await prove('installer: the uninstaller refuses an unknown option with 87', async () => {
    const { code, stderr } = await uninstall('/DELETE')
    equal(code, CODES.badOption)
    match(stderr, /Option «\s\/DELETE\s» inconnue/u)
    ok(existsSync(join(program, 'Comptoir.exe')))
  })
  await prove('installer: uninstalled, the program goes and the data stay', async () => {
    equal((await uninstall()).code, 0)
    ok(!existsSync(join(program, 'Comptoir.exe')))
    ok(existsSync(join(data, 'data/comptoir.db')))
  })
  await prove('installer: uninstalled with /DELETEDATA, the data go too', async () => {
    equal((await install(setups.older, [])).code, 0)
    ok(existsSync(join(data, 'data/comptoir.db')))
    equal((await uninstall('/DELETEDATA')).code, 0)
    ok(!existsSync(data))
    ok(!existsSync(join(program, 'Comptoir.exe')))
  })
}
