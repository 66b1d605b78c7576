// `node scripts/package/here.ts [--signed]`: the installers of the Windows or the macOS that this runs on, as the workflow
// of .github makes them, with the official Electron. Linux has `npm run package -- --linux`. Needs COMPTOIR_ELECTRON.

import { copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Arch, build, Platform } from 'electron-builder'
import { root } from '../bootstrap/places.mjs'
import { electronExecutable } from '../electron-arguments.ts'
import { compileConsole, compileMsiActions } from './console.ts'
import { distributionOf, pinnedVersion } from './distribution.ts'
import { inspectProgram } from './inspect.ts'
import { sbomFile } from './sbom.ts'
import { signingConfiguration } from './signing.ts'
import { stageProgram } from './stage.ts'

const output = join(root, 'release')

/** What is made on each system: its targets, and where the packed program and its archive are in `output`. */
const SYSTEMS = {
  win32: {
    targets: (arch: Arch) => Platform.WINDOWS.createTarget(['nsis', 'msi'], arch),
    program: () => ['win-unpacked/Comptoir.exe', 'win-unpacked/resources'],
  },
  darwin: {
    targets: (arch: Arch) => Platform.MAC.createTarget('dmg', arch),
    program: (arch: string) => {
      const application = `${arch === 'x64' ? 'mac' : `mac-${arch}`}/Comptoir.app`
      return [application, `${application}/Contents/Resources`]
    },
  },
} as const

async function makePackages(platform: keyof typeof SYSTEMS, signed: boolean): Promise<void> {
  const distribution = await distributionOf(electronExecutable())
  if (distribution.test)
    throw new Error(`Electron ${await pinnedVersion()} is needed, and ${distribution.version} is at hand.`)
  if (platform === 'win32') {
    await compileConsole()
    await compileMsiActions()
  }
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64'
  const stage = await stageProgram({ output, version: undefined }, distribution, { platform, arch })
  const config = signingConfiguration(stage.config, { platform, signed, env: process.env })
  await writeFile(stage.configFile, JSON.stringify(config, undefined, 2))

  const system = SYSTEMS[platform]
  const made = await build({
    projectDir: root,
    config: stage.configFile,
    publish: 'never',
    targets: system.targets(Arch[arch]),
  })
  const [executable = '', resources = ''] = system.program(arch).map((path) => join(output, path))
  const { fuses } = await inspectProgram(executable, resources, config.electronFuses ?? {})
  for (const { name, found } of fuses) console.log(`fuse ${name}: ${found}`)
  await copyFile(join(resources, sbomFile), join(output, `comptoir-${platform}-${arch}.cdx.json`))
  await rm(stage.scratch, { recursive: true, force: true })
  for (const file of made) console.log(file)
}

const { signed } = parseArgs({ options: { signed: { type: 'boolean', default: false } } }).values
const { platform } = process
if (platform === 'win32' || platform === 'darwin') {
  await makePackages(platform, signed)
} else {
  console.error('This is for Windows and macOS. Here: npm run package -- --linux')
  process.exitCode = 64
}
