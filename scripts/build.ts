// Builds the main process, the preloads and the pages into dist/, or into the folder after `--out`. `--if-needed`: only
// when a source is newer.

import { globSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type InlineConfig } from 'vite'
import { windowRoles } from '../electron/ipc/views.ts'
import { mainBuild, pageBuild, preloadBuild } from '../vite.config.ts'
import { watchBundled, writeBundled } from './package/bundled.ts'
import { writeComponents } from './package/licences.ts'

const root = join(import.meta.dirname, '..')
const { values: words } = parseArgs({
  options: { 'if-needed': { type: 'boolean', default: false }, out: { type: 'string', default: 'dist' } },
})
const dist = resolve(root, words.out)
const stamp = join(dist, 'built')

/** When the last build was made, in milliseconds; 0 when there is none. */
function builtAt(): number {
  return statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** When a source last changed, in milliseconds. */
function changedAt(): number {
  const sources = globSync(
    ['electron/**/*', 'native/**/*', 'renderer/**/*', 'vite.config.ts', 'package-lock.json'],
    {
      cwd: root,
    },
  )
  return Math.max(...sources.map((source) => statSync(join(root, source)).mtimeMs))
}

/** A build of vite.config.ts, into that folder of what is built here. */
function into(folder: string, config: InlineConfig): InlineConfig {
  return { ...config, build: { ...config.build, outDir: join(dist, folder) } }
}

if (!words['if-needed'] || changedAt() > builtAt()) {
  const started = Date.now()
  const { watched, paths } = watchBundled(root)
  await build(watched(into('main', mainBuild)))
  rmSync(join(dist, 'renderer'), { recursive: true, force: true })
  for (const role of windowRoles) {
    await build(watched(into('preload', preloadBuild(role))))
    await build(watched(into('renderer', pageBuild(role))))
  }
  writeBundled(dist, paths())
  writeComponents(dist, { target: process, bundled: paths() })
  writeFileSync(stamp, '')
  console.error(`Built ${dist} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}
