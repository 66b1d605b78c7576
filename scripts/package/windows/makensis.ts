// In the place of makensis, `makensis.ts PLAN.json [arguments]`: compiles what electron-builder asks, then, while its
// temporary files are there, the same script in each of the plan's variants, which do not count for electron-builder.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan, Variant } from './nsis-build.ts'
import { windowsPath } from './wine.ts'

/** The definition of the pass that makes the program that writes the uninstaller. */
const UNINSTALLER_PASS = '-DBUILD_UNINSTALLER'

const [, , planFile, ...args] = process.argv
if (planFile === undefined) throw new Error('makensis.ts PLAN.json [arguments]')
const plan: Plan = JSON.parse(readFileSync(planFile, 'utf8'))
const script = readFileSync(0, 'utf8')

const asked = compile(args, script)
process.stdout.write(asked.stdout)
process.stderr.write(asked.stderr)
if (asked.status === 0) for (const variant of plan.variants) compileVariant(variant)
process.exitCode = asked.status ?? 1

function compile(words: readonly string[], text: string) {
  return spawnSync(plan.makensis, words, { input: text, encoding: 'utf8' })
}

function compileVariant(variant: Variant): void {
  const first = args.includes(UNINSTALLER_PASS)
  const uninstaller = join(variant.folder, 'uninstaller.exe')
  const out = join(variant.folder, first ? 'writer.exe' : 'setup.exe')
  const changed = new Map<string, string | undefined>([
    ['-DUNINSTALLER_OUT_FILE', first ? windowsPath(uninstaller) : uninstaller],
    ...Object.entries(variant.definitions).map(([name, value]): [string, string] => [`-D${name}`, value]),
  ])
  const words = args.map((word) => {
    const [name = ''] = word.split('=')
    const value = changed.get(name)
    if (value !== undefined) return `${name}=${value}`
    return word.startsWith('-XOutFile ') ? `-XOutFile "${out}"` : word
  })
  const { status, stdout, stderr } = compile(
    variant.processor === 'x86' ? words : forAmd64(words),
    variant.include === undefined ? script : script.replaceAll(plan.include, variant.include),
  )
  writeFileSync(
    join(variant.folder, first ? 'writer.json' : 'setup.json'),
    JSON.stringify({ code: status ?? -1, words: `${stdout}\n${stderr}` }),
  )
  if (first && status === 0 && variant.processor === 'amd64') spawnSync(plan.wine, [out])
}

/** `Unicode` is part of `Target`, which must come first. NSIS's own headers have a warning there. */
function forAmd64(words: readonly string[]): string[] {
  return [
    '-XTarget amd64-unicode',
    `-X!addplugindir /amd64-unicode "${plan.plugins}"`,
    ...words.filter((word) => word !== '-XUnicode true' && word !== '-WX'),
  ]
}
