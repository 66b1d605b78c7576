// `node scripts/package/console.ts`: the parts of Comptoir for Windows that are written in C, where electron-builder.yml
// and the hook of the MSI look for them. MinGW-w64 compiles them, on Linux and on Windows.

import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../bootstrap/command.mjs'
import { root } from '../bootstrap/places.mjs'

export const COMPILER = 'x86_64-w64-mingw32-gcc'
const RESOURCE_COMPILER = process.platform === 'win32' ? 'windres' : 'x86_64-w64-mingw32-windres'

/** Warnings are errors; nothing is linked but what every Windows has; two compilations give the same bytes. */
export const C_FLAGS: readonly string[] = [
  '-municode',
  '-static',
  '-O2',
  '-s',
  '-std=c17',
  '-Wall',
  '-Wextra',
  '-Wpedantic',
  '-Wshadow',
  '-Wconversion',
  '-Werror',
  '-fstack-protector-strong',
  '-D_WIN32_WINNT=0x0A00',
  '-DUNICODE',
  '-D_UNICODE',
  '-Wl,--dynamicbase,--high-entropy-va,--nxcompat,--no-insert-timestamp',
]

const CONSOLE = join(root, 'native/console')
const MSI = join(root, 'native/msi')

/** Where electron-builder.yml takes the console from. */
export const CONSOLE_FILE = join(root, 'release/build/bin/comptoir.exe')
/** Where the hook of the MSI takes its custom actions from. */
export const MSI_FILE = join(root, 'release/build/msi/comptoir-msi.dll')

/** Compiles comptoir.exe. */
export async function compileConsole(file = CONSOLE_FILE): Promise<void> {
  const resources = `${file}.o`
  await mkdir(join(file, '..'), { recursive: true })
  const { version }: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const numbers = (/^\d+\.\d+\.\d+/u.exec(version)?.[0] ?? '0.0.0').split('.')
  await run(RESOURCE_COMPILER, [
    `-DVERSION_NUMBERS=${numbers.join(',')},0`,
    `-DVERSION_TEXT=\\"${version}\\"`,
    '-I',
    CONSOLE,
    join(CONSOLE, 'comptoir.rc'),
    '-O',
    'coff',
    '-o',
    resources,
  ])
  const sources = ['comptoir.c', 'pipes.c', 'carry.c'].map((name) => join(CONSOLE, name))
  await run(COMPILER, [...C_FLAGS, ...sources, resources, '-o', file, '-ladvapi32'])
  await rm(resources)
}

/** Compiles the custom actions of the MSI. */
export async function compileMsiActions(file = MSI_FILE): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true })
  const sources = ['actions.c', 'run.c'].map((name) => join(MSI, name))
  await run(COMPILER, [...C_FLAGS, '-shared', ...sources, '-o', file, '-lmsi'])
}

if (import.meta.main) {
  await compileConsole()
  await compileMsiActions()
}
