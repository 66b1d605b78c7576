import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What is read of a package in package-lock.json (version 3). */
const lockEntry = z.object({
  name: z.string().optional(),
  version: z.string(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
})
const lockFile = z.object({ packages: z.record(z.string(), lockEntry) })

export type LockEntry = z.infer<typeof lockEntry>
/** Every package of the lock file, by its place (`node_modules/zod`); the project itself is at ''. */
export type Lock = ReadonlyMap<string, LockEntry>

/** The machines that a package is made for, in Node's words; a Linux is one of glibc. */
export type Target = Readonly<Pick<NodeJS.Process, 'platform' | 'arch'>>

/** package-lock.json of the checkout. */
export function readLock(root: string): Lock {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  return new Map(Object.entries(packages))
}

/** `keytar` may be the alias of another package: what its registry calls it. */
export function nameOf(path: string, entry: LockEntry): string {
  return entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** The packages that those at `paths` need on such a machine, themselves included; sorted. */
export function closureOf(lock: Lock, paths: readonly string[], target: Target): string[] {
  const found = new Set<string>()
  const add = (path: string): void => {
    const entry = lock.get(path)
    if (entry === undefined || found.has(path) || !runsOn(entry, target)) return
    found.add(path)
    for (const needed of neededBy(lock, path)) add(needed)
  }
  for (const path of paths) add(path)
  return [...found].sort()
}

/** What a package needs, each where Node would find it: beside it first, then further out. */
export function neededBy(lock: Lock, path: string): string[] {
  const { dependencies = {}, optionalDependencies = {} } = lock.get(path) ?? {}
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => {
    for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
      const place = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`
      if (lock.has(place)) return [place]
      if (from === '') return []
    }
  })
}

/** Whether npm installs it on such a machine. */
function runsOn({ os, cpu, libc }: LockEntry, { platform, arch }: Target): boolean {
  return (
    (os?.includes(platform) ?? true) && (cpu?.includes(arch) ?? true) && (libc?.includes('glibc') ?? true)
  )
}
