import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { capture, pathOf } from '../../bootstrap/command.mjs'
import { projectNode, root } from '../../bootstrap/places.mjs'
import { publishedConfiguration } from '../configuration.ts'
import { pinnedVersion } from '../distribution.ts'
import { compilePlugins, type Processor } from './doubles.ts'
import { WINE, type Wine } from './wine.ts'

/** The plugins that electron-builder's NSIS has and Debian's has not. */
const PLUGINS = ['StdUtils', 'UAC', 'nsProcess', 'Nsis7z', 'WinShell']

/** The same installer, with differences. */
export type Variant = {
  /** `x86` is what pharmacies get; Debian's Wine runs `amd64`. */
  readonly processor: Processor
  /** Where its setup.exe goes. */
  readonly folder: string
  /** NSIS definitions with another value than electron-builder's. */
  readonly definitions: Readonly<Record<string, string>>
  /** Another script in the place of installer.nsh. */
  readonly include?: string
}

/** What `makensis.ts` is told. */
export type Plan = {
  readonly makensis: string
  readonly wine: string
  readonly plugins: string
  readonly include: string
  readonly variants: readonly Variant[]
}

type Compiled = { readonly code: number; readonly words: string }

/** The script of Comptoir in electron-builder's. */
export const INSTALLER_SCRIPT = join(root, 'resources/installer/windows/installer.nsh')

/**
 * Has electron-builder make its installer (32-bit, as pharmacies get it) with Debian's makensis, and the variants.
 * Returns what it said and its exit code. `payload`: the program, as it is installed.
 */
export async function buildInstaller(
  output: string,
  payload: string,
  variants: readonly Variant[],
  wine: Wine,
): Promise<Compiled> {
  const { nsis, ...published } = await publishedConfiguration()
  const config = {
    ...published,
    nsis: { ...nsis, include: INSTALLER_SCRIPT },
    directories: { ...published.directories, output },
    electronVersion: await pinnedVersion(),
    // NSIS and its plugins are the ones of this machine.
    toolsets: undefined,
  }
  const configFile = join(output, 'electron-builder.json')
  await mkdir(output, { recursive: true })
  for (const { folder } of variants) await mkdir(folder, { recursive: true })
  await writeFile(configFile, JSON.stringify(config))
  const { code, stdout, stderr } = await capture(
    projectNode,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      '--win',
      'nsis',
      '--x64',
      '--publish',
      'never',
      '--config',
      configFile,
      '--prepackaged',
      payload,
    ],
    { cwd: root, env: { ...wine.env, ...(await toolsIn(join(output, 'tools'), variants)) } },
  )
  return { code, words: `${stdout}\n${stderr}` }
}

/** How a pass of that variant ended. */
export async function compiledVariant(
  { folder }: Variant,
  pass: 'writer' | 'setup' = 'setup',
): Promise<Compiled> {
  return JSON.parse(await readFile(join(folder, `${pass}.json`), 'utf8'))
}

/** What electron-builder is told to call in the place of what it would download. */
async function toolsIn(folder: string, variants: readonly Variant[]): Promise<NodeJS.ProcessEnv> {
  const plugins = { x86: join(folder, 'plugins/x86-unicode'), amd64: join(folder, 'plugins/amd64-unicode') }
  for (const plugin of PLUGINS) {
    await compilePlugins('x86', join(plugins.x86, `${plugin}.dll`))
    await compilePlugins('amd64', join(plugins.amd64, `${plugin}.dll`))
  }
  const plan: Plan = {
    makensis: pathOf('makensis') ?? 'makensis',
    wine: WINE,
    plugins: plugins.amd64,
    include: INSTALLER_SCRIPT,
    variants,
  }
  const planFile = join(folder, 'plan.json')
  await writeFile(planFile, JSON.stringify(plan))
  const compiler = join(import.meta.dirname, 'makensis.ts')
  await script(join(folder, 'makensis'), `exec '${projectNode}' '${compiler}' '${planFile}' "$@"`)
  // The first pass makes a program that must be run, and writes the uninstaller; no Wine of Debian's runs 32-bit ones.
  await script(join(folder, 'wine'), ': > "${1%exe}__uninstaller.exe"')
  // An installer for all users is given this one, which only electron-updater would call.
  await writeFile(join(folder, 'elevate.exe'), '')
  return {
    PATH: `${folder}:${process.env['PATH']}`,
    ELECTRON_BUILDER_NSIS_DIR: folder,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: folder,
    ELECTRON_BUILDER_7ZIP_PATH: pathOf('7za'),
  }
}

async function script(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
}
