import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { root } from '../../bootstrap/places.mjs'

/** A program to tell of: what the sources import, on Linux, in an Electron of these versions. */
export const runtime = { electron: '45.4.1', chrome: '150.0.1.2', node: '24.1.0', v8: '15.0.1-electron.0' }
export const linux = { platform: 'linux', arch: 'x64' } as const

/** What the shipped sources import by name, types aside; what is imported by what is imported is the build's to tell. */
function importedBySources(): string[] {
  const sources = globSync(['electron/**/*.ts', 'native/**/*.ts', 'renderer/**/*.{ts,tsx,css}'], {
    cwd: root,
  })
    .filter((file) => !/\.test\.ts$|\/testing\//u.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  const forms = [
    /^import (?!type\b)[^;]*?from '(?<name>[^'.][^']*)'/gmu,
    /\bimport\('(?<name>[^'.][^']*)'\)/gu,
    /\burl\('(?<name>@[^']+)'\)/gu,
  ]
  const said = forms.flatMap((form) => Array.from(sources.matchAll(form)))
  const names = said.map(({ groups }) => /^(?:@[^/]+\/)?[^/]+/u.exec(groups?.['name'] ?? '')?.[0] ?? '')
  return [...new Set(names)].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
}

/** Those packages. */
export const direct = importedBySources().filter((name) => name !== 'electron')
export const shipped = { target: linux, runtime, bundled: direct.map((name) => `node_modules/${name}`) }
