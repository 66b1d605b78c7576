import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { closureOf, nameOf, neededBy, readLock, type Lock, type Target } from './lock-file.ts'
import type { RuntimeVersions } from './runtime-versions.ts'
import { root as checkout } from '../bootstrap/places.mjs'

/** Something that is shipped and that others made. */
export type Component = {
  /** Its package URL (ECMA-427). */
  readonly ref: string
  readonly kind: 'library' | 'framework'
  readonly name: string
  readonly version: string
  /** An SPDX identifier. */
  readonly licence: string
  /** As vulnerability lists name what comes from no registry (NISTIR 7695). */
  readonly cpe: string | null
  /** Of the archive that it was taken from; null where neither the lock file nor Electron's package tells it. */
  readonly hash: { readonly alg: 'SHA-256' | 'SHA-512'; readonly content: string } | null
  /** The refs of the components that it works with. */
  readonly needs: readonly string[]
  /** Where its licence is written. */
  readonly words:
    | { readonly kind: 'files'; readonly folders: readonly string[] }
    | { readonly kind: 'comment'; readonly file: string }
    /** In LICENSES.chromium.html, which is shipped with Electron. */
    | { readonly kind: 'chromium' }
  /** What the running program itself knows the version of. */
  readonly runtime: keyof RuntimeVersions | null
}

export type Shipped = {
  readonly target: Target
  /** Of the Electron that is shipped; null: the program that runs will tell, and versions are empty until then. */
  readonly runtime: RuntimeVersions | null
  /** Comptoir's own, unless it is that of package.json. */
  readonly version?: string | undefined
  /** The packages that the build put into the program, by their places in the lock file: bundled.ts tells them. */
  readonly bundled: readonly string[]
  /** The checkout, unless it is this one. */
  readonly root?: string
}

/** Whatever keeps the list from being told: the name of the component is in its message. */
export class ComponentFault extends Error {
  override name = 'ComponentFault'
}

/** Everything that is shipped to such a machine and that others made, in the order of its references. */
export function shippedComponents({ target, runtime, bundled, root = checkout }: Shipped): Component[] {
  const lock = readLock(root)
  const external = Object.keys(lock.get('')?.dependencies ?? {}).map((name) => `node_modules/${name}`)
  const whole = closureOf(lock, external, target).filter((path) => !forOthers.test(path))
  const packages = new Set([...bundled, ...whole])
  const inside = sqlite(root)
  const fromNpm = [...packages].map((path) =>
    npmComponent(lock, path, packages, path === 'node_modules/better-sqlite3' ? [inside.ref] : []),
  )
  const all = [...fromNpm, inside, ...electronComponents(root, target, runtime)]
  return all.sort((one, other) => (one.ref < other.ref ? -1 : 1))
}

/** Parts of pcsc-mini for programs on Windows that are not Electron: npm installs them, nobody ships them. */
const forOthers = /\/@pcsc-mini\/windows-.*-(?:bun|node)$/u

/** `compiledIn`: the refs of what no lock file names, inside its addon. */
function npmComponent(
  lock: Lock,
  path: string,
  packages: ReadonlySet<string>,
  compiledIn: readonly string[],
): Component {
  const entry = lock.get(path)
  if (entry === undefined) throw new ComponentFault(`${path}: shipped, but not in package-lock.json`)
  const { version, license, integrity } = entry
  if (license === undefined) throw new ComponentFault(`${path}: package-lock.json tells no licence`)
  const maker = makerOf(lock, path, packages)
  return {
    ref: npmRef(lock, path),
    kind: 'library',
    name: nameOf(path, entry),
    version,
    licence: license,
    cpe: null,
    hash: hashOf(integrity),
    needs: neededBy(lock, path)
      .flatMap((needed) => (packages.has(needed) ? [npmRef(lock, needed)] : []))
      .concat(compiledIn),
    words: { kind: 'files', folders: maker === null ? [path] : [path, maker] },
    runtime: null,
  }
}

/** The package that ships its parts for each kind of machine under other names: its licence is theirs. */
function makerOf(lock: Lock, path: string, packages: ReadonlySet<string>): string | null {
  const isPart = (maker: string): boolean => {
    const { optionalDependencies = {} } = lock.get(maker) ?? {}
    return Object.keys(optionalDependencies).some((name) => path.endsWith(`node_modules/${name}`))
  }
  return [...packages].find(isPart) ?? null
}

/** As the purl specification writes a scope: `%40` for its at sign. */
function npmRef(lock: Lock, path: string): string {
  const entry = lock.get(path)
  if (entry === undefined) throw new ComponentFault(`${path}: not in package-lock.json`)
  return `pkg:npm/${nameOf(path, entry).replace('@', '%40')}@${entry.version}`
}

/** The lock file has it in base 64, as Subresource Integrity does. */
function hashOf(integrity: string | undefined): Component['hash'] {
  const base64 = /^sha512-(?<base64>\S+)$/u.exec(integrity ?? '')?.groups?.['base64']
  return base64 === undefined
    ? null
    : { alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }
}

/** Electron, and what its own binary is made of, as far as it tells. */
function electronComponents(root: string, target: Target, runtime: RuntimeVersions | null): Component[] {
  const version = runtime?.electron ?? ''
  const inside: Component[] = (
    [
      ['chrome', 'Chromium', 'pkg:generic/chromium', 'cpe:2.3:a:google:chrome', 'BSD-3-Clause'],
      ['node', 'Node.js', 'pkg:generic/node', 'cpe:2.3:a:nodejs:node.js', 'MIT'],
      ['v8', 'V8', 'pkg:generic/v8', 'cpe:2.3:a:google:v8', 'BSD-3-Clause'],
    ] as const
  ).map(([which, name, ref, cpe, licence]) => {
    const exact = (runtime?.[which] ?? '').replace(/-electron\.\d+$/u, '')
    return {
      ref: `${ref}@${exact}`,
      kind: 'library',
      name,
      version: exact,
      licence,
      cpe: `${cpe}:${exact}:*:*:*:*:*:*:*`,
      hash: null,
      needs: [],
      words: { kind: 'chromium' },
      runtime: which,
    }
  })
  return [
    {
      ref: `pkg:npm/electron@${version}`,
      kind: 'framework',
      name: 'electron',
      version,
      licence: 'MIT',
      cpe: null,
      hash: archiveHash(root, version, target),
      needs: inside.map(({ ref }) => ref),
      words: { kind: 'files', folders: ['node_modules/electron'] },
      runtime: 'electron',
    },
    ...inside,
  ]
}

const checksums = z.record(z.string(), z.string())

/** Of the archive that Electron is taken from, as its npm package of the same version has it; null for another one. */
function archiveHash(root: string, version: string, { platform, arch }: Target): Component['hash'] {
  const file = join(root, 'node_modules/electron/checksums.json')
  if (!existsSync(file)) return null
  const content = checksums.parse(JSON.parse(readFileSync(file, 'utf8')))[
    `electron-v${version}-${platform}-${arch}.zip`
  ]
  return content === undefined ? null : { alg: 'SHA-256', content }
}

/** Compiled into better-sqlite3. */
function sqlite(root: string): Component {
  const file = 'node_modules/better-sqlite3/deps/sqlite3/sqlite3.h'
  const header = readFileSync(join(root, file), 'utf8')
  const version = /^#define SQLITE_VERSION\s+"(?<version>[\d.]+)"$/mu.exec(header)?.groups?.['version']
  if (version === undefined) throw new ComponentFault(`SQLite: ${file} tells no version`)
  return {
    ref: `pkg:generic/sqlite@${version}`,
    kind: 'library',
    name: 'SQLite',
    version,
    licence: 'blessing',
    cpe: `cpe:2.3:a:sqlite:sqlite:${version}:*:*:*:*:*:*:*`,
    hash: null,
    needs: [],
    words: { kind: 'comment', file },
    runtime: null,
  }
}
