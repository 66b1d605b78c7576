import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { extractFile, listPackage, statFile } from '@electron/asar'

/** One file of an archive. */
export interface PackedFile {
  /** With slashes, from the archive's root. */
  readonly path: string
  /** Whether it lies outside the archive, beside it. */
  readonly unpacked: boolean
  readonly content: () => Buffer
}

/** What an archive may hold: the built program, and the files that the five native packages load. */
const ALLOWED = [
  /^package\.json$/u,
  /^dist\/components\.json$/u,
  /^dist\/main\/[\w-]+\.cjs$/u,
  /^dist\/preload\/[\w-]+\.cjs$/u,
  /^dist\/renderer\/.+\.(?:html|js|css|woff2|png|svg)$/u,
  /^node_modules\/better-sqlite3\/(?:lib\/.+\.js|(?:build\/Release\/better_sqlite3|prebuilds\/[\w-]+)\.node)$/u,
  /^node_modules\/pkcs11js\/(?:index\.js|build\/Release\/pkcs11\.node)$/u,
  /^node_modules\/keytar\/(?:lib\/keytar\.js|prebuilds\/[\w-]+\/keytar\.node)$/u,
  /^node_modules\/(?:pcsc-mini\/build\/[\w.]+\.js|@pcsc-mini\/[\w-]+\/addon\.node)$/u,
  /^node_modules\/@node-rs\/(?:argon2\/index\.js|argon2-[\w-]+\/argon2\.[\w-]+\.node)$/u,
  /^node_modules\/(?:@[\w-]+\/)?[\w-]+\/(?:package\.json|LICENSE(?:\.md)?)$/u,
]

/** Words of what must stay out: tests, the simulator of PSC, its library, and maps. */
const FORBIDDEN = [
  'oidc-provider',
  'psc-simulator',
  'playwright',
  'vitest',
  '@axe-core',
  'sourceMappingURL=',
  'sourcesContent',
]

/** The native packages: without one of their addons, the program does not work. */
const NATIVE = ['better-sqlite3', 'pkcs11js', 'keytar', '@pcsc-mini', '@node-rs']

/** The files of an archive. */
export function readArchive(archive: string): PackedFile[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.split(sep).filter(Boolean).join('/'))
    .flatMap((path) => {
      const entry = statFile(archive, path.split('/').join(sep), false)
      if ('files' in entry) return []
      if ('link' in entry) throw new Error(`${archive}: ${path} is a link`)
      return [
        {
          path,
          unpacked: 'unpacked' in entry,
          content: () => extractFile(archive, path.split('/').join(sep)),
        },
      ]
    })
}

/**
 * What is wrong with the content of an archive, a line each.
 * @param machineWords what only the building machine knows, such as the path of its checkout
 */
export function contentFaults(files: readonly PackedFile[], machineWords: readonly string[]): string[] {
  return [...files.flatMap((file) => faultsOf(file, machineWords)), ...missingAddons(files)]
}

function faultsOf({ path, unpacked, content }: PackedFile, machineWords: readonly string[]): string[] {
  const addon = path.endsWith('.node')
  const bytes = content()
  return [
    ...(ALLOWED.some((allowed) => allowed.test(path)) ? [] : [`${path}: has no place in the archive`]),
    ...(addon === unpacked ? [] : [`${path}: ${unpacked ? 'outside' : 'inside'} the archive`]),
    ...(addon
      ? []
      : FORBIDDEN.filter((word) => bytes.includes(word)).map((word) => `${path}: holds “${word}”`)),
    ...machineWords.filter((word) => bytes.includes(word)).map((word) => `${path}: tells “${word}”`),
  ]
}

function missingAddons(files: readonly PackedFile[]): string[] {
  return NATIVE.flatMap((name) => {
    const addons = files.filter(
      ({ path }) => path.startsWith(`node_modules/${name}`) && path.endsWith('.node'),
    )
    return addons.length === 1 ? [] : [`${name}: ${addons.length} addons instead of one`]
  })
}

/** The files beside the archive that it does not know, a line each: nothing vouches for them. */
export async function strayFaults(archive: string, files: readonly PackedFile[]): Promise<string[]> {
  const folder = `${archive}.unpacked`
  if (!existsSync(folder)) return []
  const known = new Set(files.filter(({ unpacked }) => unpacked).map(({ path }) => path))
  const present = await readdir(folder, { recursive: true, withFileTypes: true })
  return present
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !known.has(path))
    .map((path) => `${path}: beside the archive without being of it`)
}
