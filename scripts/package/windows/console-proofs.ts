import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { compileConsole } from '../console.ts'
import { compileDouble } from './doubles.ts'
import type { Ledger } from './ledger.ts'
import type { Wine } from './wine.ts'

/** `Buffer.readUInt16LE` of it: IMAGE_OPTIONAL_HEADER64.DllCharacteristics (PE format, learn.microsoft.com). */
const DLL_CHARACTERISTICS = 24 + 70
const PROTECTIONS = { highEntropyVa: 0x20, dynamicBase: 0x40, nxCompat: 0x100 }

/** The console comptoir.exe, in the place of Comptoir.exe a program that does what it is told. */
export async function proveConsole({ prove }: Ledger, wine: Wine, scratch: string): Promise<void> {
  const folder = join(scratch, 'Programme é')
  const relay = join(folder, 'bin/comptoir.exe')
  const call = (...args: string[]) => wine.run(relay, args, { cwd: folder })

  await prove('console: compiled without a warning, with its protections', async () => {
    await compileConsole(relay)
    await compileDouble('echo', join(folder, 'Comptoir.exe'))
    const image = await readFile(relay)
    const flags = image.readUInt16LE(image.readUInt32LE(0x3c) + DLL_CHARACTERISTICS)
    for (const [name, flag] of Object.entries(PROTECTIONS)) ok(flags & flag, name)
  })
  await prove('console: arguments with spaces, quotes, backslashes, accents, none lost', async () => {
    const typed = ['un deux', 'gui"llemets"', 'fin\\', 'a\\"b', 'été € 💊', '', '*.exe', '%PATH%', "l'été"]
    const { stdout } = await call('arguments', ...typed)
    deepEqual(stdout.toString('utf8').split('\n').slice(0, -1), typed)
  })
  await prove('console: 10 MB of any bytes, through both pipes, unchanged', async () => {
    const input = randomBytes(10_000_000)
    const { stdout, code } = await wine.run(relay, ['copie'], { input })
    equal(code, 0)
    ok(stdout.equals(input), `${stdout.length} bytes came back`)
  })
  await prove('console: standard output and error apart', async () => {
    const { stdout, stderr } = await call('deux')
    equal(stdout.toString('utf8'), 'la sortie : été\n')
    equal(stderr, "l'erreur : à côté\n")
  })
  await prove('console: exit codes 0, 1, 64, 69, 74, 78', async () => {
    const codes = [0, 1, 64, 69, 74, 78]
    const ends = []
    for (const code of codes) ends.push((await call('fin', String(code))).code)
    deepEqual(ends, codes)
  })
  await prove('console: does not wait for what a command leaves behind', async () => {
    const started = performance.now()
    const { stdout } = await call('laisse')
    equal(stdout.toString('utf8'), 'parti\n')
    ok(performance.now() - started < 10_000, 'it waited')
  })
  await prove('console: killed, it takes the command with it', async () => {
    const trace = join(folder, 'trace.txt')
    await wine.run(relay, ['dure', 'trace.txt'], {
      cwd: folder,
      killAfterMs: 1500,
    })
    await wait(8000)
    ok(!existsSync(trace), 'the command went on')
  })
  await prove('console: … which goes to its end when nobody kills it', async () => {
    equal((await call('dure', 'trace.txt')).code, 0)
    ok(existsSync(join(folder, 'trace.txt')))
  })
  await prove('console: without arguments opens the window, and does not wait for it', async () => {
    equal((await call()).code, 0)
    ok(!existsSync(join(folder, 'fenetre.txt')), 'it waited')
    await wait(9000)
    ok(existsSync(join(folder, 'fenetre.txt')), 'nothing was opened')
  })
  await prove('console: Comptoir.exe absent, one French sentence and 69', async () => {
    const alone = join(scratch, 'seul/bin/comptoir.exe')
    await mkdir(join(scratch, 'seul'))
    await compileConsole(alone)
    // The one of the current folder is not taken for it.
    const { code, stdout, stderr } = await wine.run(alone, ['--version'], { cwd: folder })
    equal(code, 69)
    equal(stdout.length, 0)
    match(
      stderr,
      /^Comptoir est introuvable sur ce poste \(.*\\seul\\Comptoir\.exe\)\. Réinstallez-le\.\r\n$/u,
    )
  })
}
