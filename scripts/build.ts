// Builds the main process, the preloads and the pages into dist/. `--if-needed`: only when a source is newer.

import { globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { windowRoles } from '../electron/ipc/views.ts'
import { mainBuild, pageBuild, preloadBuild } from '../vite.config.ts'

const root = join(import.meta.dirname, '..')
const stamp = join(root, 'dist/built')

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

if (!process.argv.includes('--if-needed') || changedAt() > builtAt()) {
  const started = Date.now()
  await build(mainBuild)
  rmSync(join(root, 'dist/renderer'), { recursive: true, force: true })
  for (const role of windowRoles) {
    await build(preloadBuild(role))
    await build(pageBuild(role))
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, '')
  console.error(`Built dist/ in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}
