// Downloads the official Electron of package.json into node_modules/electron. Runs under the project's Node, as
// Electron's own installer needs it. Exits with 0, with NO_ANSWER, or with 1 after saying what is wrong.

import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withProgress } from './terminal.mjs'

const NO_ANSWER = 75
const FIRST_BYTE_MS = 5_000
const NEXT_BYTE_MS = 30_000

const fromHere = createRequire(import.meta.url)
const electronFolder = dirname(fromHere.resolve('electron/package.json'))
const fromElectron = createRequire(join(electronFolder, 'package.json'))
/** @type {{ version: string }} */
const { version } = fromElectron('./package.json')
/** @type {Record<string, string>} */
const checksums = fromElectron('./checksums.json')
/** @type {typeof import('@electron/get')} */
const { downloadArtifact } = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href)

const silence = new AbortController()
let watchdog = setTimeout(() => silence.abort(), FIRST_BYTE_MS)
let share = 0

const download = () =>
  downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums,
    downloadOptions: {
      quiet: true,
      signal: silence.signal,
      getProgressCallback: async (/** @type {{ percent: number }} */ { percent }) => {
        share = percent
        clearTimeout(watchdog)
        watchdog = setTimeout(() => silence.abort(), NEXT_BYTE_MS)
      },
    },
  })

try {
  await withProgress(`Downloading Electron ${version}`, () => share, download)
  clearTimeout(watchdog)
  // The zip is now in Electron's own cache, where its installer finds it.
  execFileSync(process.execPath, [join(electronFolder, 'install.js')], { stdio: ['ignore', 2, 2] })
} catch (error) {
  clearTimeout(watchdog)
  if (share === 0) process.exit(NO_ANSWER)
  process.stderr.write(`Electron ${version} could not be installed: ${String(error)}\n`)
  process.exit(1)
}
