import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { run } from '../../bootstrap/command.mjs'
import { readArchive } from '../contents.ts'

/** How big an installed program is, in bytes. */
export type Sizes = {
  readonly deb: number
  /** As dpkg tells it: each file rounded up to a KiB. */
  readonly installed: number
  /** By what it is part of: Electron, a folder of the archive, a native package. */
  readonly parts: ReadonlyMap<string, number>
}

/** Where a deb was unpacked: `program` is its folder of `/opt`. */
export type Unpacked = { readonly folder: string; readonly program: string }

/** Unpacks a deb, into a folder that every user may read. */
export async function unpack(deb: string, folder: string): Promise<Unpacked> {
  await run('dpkg-deb', ['--extract', deb, folder])
  const [program] = await readdir(join(folder, 'opt'))
  if (program === undefined) throw new Error(`${deb} has no program in /opt`)
  return { folder, program: join(folder, 'opt', program) }
}

/** Weighs a deb and what was unpacked from it. `executable`: the program's own name, which differs. */
export async function weigh(deb: string, { folder, program }: Unpacked, executable: string): Promise<Sizes> {
  const parts = new Map<string, number>()
  const add = (part: string, bytes: number): void => void parts.set(part, (parts.get(part) ?? 0) + bytes)
  for (const { path, bytes } of await filesOf(folder)) {
    if (!path.startsWith(`${relative(folder, program)}/`)) add('outside the program folder', bytes)
    else if (!path.endsWith('.asar')) add(partOf(relative(program, join(folder, path)), executable), bytes)
  }
  for (const file of readArchive(join(program, 'resources/app.asar'))) {
    if (!file.unpacked) add(`archive: ${moduleOf(file.path)}`, file.content().length)
  }
  return {
    deb: (await stat(deb)).size,
    installed: Number(await run('dpkg-deb', ['--field', deb, 'Installed-Size'])) * 1024,
    parts,
  }
}

async function filesOf(folder: string): Promise<{ path: string; bytes: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const file = join(parentPath, name)
        return { path: relative(folder, file), bytes: (await stat(file)).size }
      }),
  )
}

function partOf(path: string, executable: string): string {
  const unpacked = 'resources/app.asar.unpacked/'
  if (path.startsWith(unpacked)) return `addon: ${moduleOf(path.slice(unpacked.length))}`
  return path.startsWith('resources/') || path === executable
    ? path.replace(executable, 'Electron')
    : 'Electron'
}

/** `node_modules/@node-rs/argon2/index.js` → `@node-rs/argon2`; `dist/main/main.cjs` → `dist/main`. */
function moduleOf(path: string): string {
  const folder = /^(?:node_modules\/(?<module>(?:@[^/]+\/)?[^/]+)|(?<own>[^/]+\/[^/]+))\//u.exec(path)?.groups
  return folder?.['module'] ?? folder?.['own'] ?? 'package.json'
}
