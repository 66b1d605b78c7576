import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from '../../bootstrap/command.mjs'
import { root } from '../../bootstrap/places.mjs'
import { C_FLAGS, COMPILER } from '../console.ts'

const SOURCES = {
  echo: join(root, 'native/console/testing/echo.c'),
  plugins: join(import.meta.dirname, 'doubles/plugins.c'),
}

/** NSIS's processors, and what compiles for them. */
const COMPILERS = { x86: 'i686-w64-mingw32-gcc', amd64: COMPILER }
export type Processor = keyof typeof COMPILERS

/** Compiles what stands for Comptoir.exe. */
export async function compileDouble(name: 'echo', file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await run(COMPILER, [...C_FLAGS, '-mwindows', SOURCES[name], '-o', file, '-lshell32'])
}

/** Compiles what stands for the plugins of electron-builder's NSIS, which Debian has not. */
export async function compilePlugins(processor: Processor, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const flags = C_FLAGS.filter((flag) => !flag.startsWith('-Wl,'))
  await run(COMPILERS[processor], [...flags, '-shared', SOURCES.plugins, '-o', file, '-lshell32'])
}
