import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../bootstrap/command.mjs'
import { PACKAGES } from '../bootstrap/libraries.mjs'

/** The libraries of the C library itself, and the loader. */
const GLIBC = /^(?:lib(?:c|m|dl|rt|pthread)\.so\.\d|ld-linux-x86-64\.so\.2)$/u

/** What a program or library wants of the system. */
interface Wants {
  readonly libraries: readonly string[]
  /** The newest version 2.x of the C library that it names a symbol of. */
  readonly glibc: number
}

/**
 * The Debian packages that what is in a folder is linked to, as alternatives where their name has changed, with the oldest
 * C library that will do: what dpkg-shlibdeps(1) finds for packages that are built from Debian's own.
 * @throws {Error} naming a library whose package is not known
 */
export async function linkedPackages(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const binaries = names.filter((name) =>
    /(?:^|\/)(?:comptoir|chrome_crashpad_handler|[^/]+\.so(?:\.\d+)*|[^/]+\.node)$/u.test(name),
  )
  const shipped = new Set(binaries.map((name) => name.slice(name.lastIndexOf('/') + 1)))
  const wants = await Promise.all(binaries.map((name) => wantsOf(join(folder, name))))
  const libraries = [...new Set(wants.flatMap(({ libraries }) => libraries))]
  const packages = libraries
    .filter((library) => !GLIBC.test(library) && !shipped.has(library))
    .map((library) => {
      const known = PACKAGES[library]
      if (known === undefined)
        throw new Error(`The program is linked to ${library}, of a Debian package that is not known.`)
      return known.join(' | ')
    })
  return [`libc6 (>= 2.${Math.max(...wants.map(({ glibc }) => glibc))})`, ...new Set(packages.sort())]
}

/** Reads the dynamic section and the symbol versions of an ELF file. */
export async function wantsOf(file: string): Promise<Wants> {
  const told = await run('readelf', ['--dynamic', '--version-info', '--wide', file], {
    env: { ...process.env, LC_ALL: 'C' },
  })
  const libraries = [...told.matchAll(/\(NEEDED\)\s+Shared library: \[(?<name>[^\]]+)\]/gu)]
  const minors = [...told.matchAll(/Name: GLIBC_2\.(?<minor>\d+)/gu)]
  return {
    libraries: libraries.map(({ groups }) => groups?.['name'] ?? ''),
    glibc: Math.max(0, ...minors.map(({ groups }) => Number(groups?.['minor']))),
  }
}
