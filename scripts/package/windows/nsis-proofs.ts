import { equal, match } from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileConsole } from '../console.ts'
import { compileDouble } from './doubles.ts'
import { proveInstaller } from './installer-proofs.ts'
import type { Ledger } from './ledger.ts'
import { buildInstaller, compiledVariant, INSTALLER_SCRIPT, type Variant } from './nsis-build.ts'
import type { Wine } from './wine.ts'

/** More than any disk has, in KiB. */
const HUGE = '900000000000'

/** The NSIS installer: it compiles, mistakes are seen, and it does its work under Wine. Returns one of them. */
export async function proveNsis(ledger: Ledger, wine: Wine, scratch: string): Promise<string> {
  const payload = join(scratch, 'payload')
  await mkdir(join(payload, 'resources'), { recursive: true })
  await compileConsole(join(payload, 'bin/comptoir.exe'))
  await compileDouble('echo', join(payload, 'Comptoir.exe'))

  const variant = (name: string, definitions: Variant['definitions']): Variant => ({
    processor: 'amd64',
    folder: join(scratch, 'nsis', name),
    definitions,
  })
  const control = (name: string) => ({
    processor: 'x86' as const,
    folder: join(scratch, 'nsis', name),
    definitions: {},
    include: join(scratch, `${name}.nsh`),
  })
  const older = variant('older', { VERSION: '1.9.0' })
  const newer = variant('newer', { VERSION: '1.10.0' })
  const huge = variant('huge', { APP_64_UNPACKED_SIZE: HUGE })
  const unknown = control('unknown')
  const warned = control('warned')
  await writeFile(unknown.include, `!include "${INSTALLER_SCRIPT}"\nFileOpn $0 "x" r\n`)
  await writeFile(warned.include, `!include "${INSTALLER_SCRIPT}"\nVar neverUsed\n`)
  const variants = [older, newer, huge, unknown, warned]

  await ledger.prove("nsis: electron-builder's whole script compiles, without a warning", async () => {
    const { code, words } = await buildInstaller(join(scratch, 'nsis'), payload, variants, wine)
    equal(code, 0, words.slice(-2000))
  })
  await ledger.prove('nsis: control: an unknown instruction of ours is refused', async () => {
    const { code, words } = await compiledVariant(unknown, 'writer')
    equal(code, 1)
    match(words, /Invalid command: "FileOpn"/u)
  })
  await ledger.prove('nsis: control: a warning is an error', async () => {
    const { code, words } = await compiledVariant(warned, 'writer')
    equal(code, 1)
    match(words, /warning 6001/u)
  })
  await ledger.prove('nsis: compiles for the processor of this Wine', async () => {
    for (const { code, words } of await Promise.all(
      [older, newer, huge].map((one) => compiledVariant(one)),
    )) {
      equal(code, 0, words.slice(-2000))
    }
  })
  await proveInstaller(ledger, wine, {
    payload,
    older: setup(older),
    newer: setup(newer),
    huge: setup(huge),
  })
  return setup(newer)
}

function setup({ folder }: Variant): string {
  return join(folder, 'setup.exe')
}
