import type { Root } from './root.ts'

/** What a file is: its kind, mode, owner, and content or target. */
export type Snapshot = ReadonlyMap<string, string>

/** What differs between two looks at a system. */
export type Difference = { readonly path: string; readonly kind: 'added' | 'removed' | 'changed' }

/** Not of the system: the kernel's, or what is gone at the next start. */
const aside = ['/proc', '/sys', '/dev', '/run', '/tmp', '/var/cache/apt/archives']
const pruned = `\\( ${aside.map((folder) => `-path ${folder}`).join(' -o ')} \\) -prune -o`

/** Looks at all the files of a root. */
export async function snapshotOf(root: Root): Promise<Snapshot> {
  const list = `find / ${pruned} -printf '%p\\t%y %m %U:%G %l\\n'`
  const found = await root.must(['sh', '-c', list])
  const sums = await root.must(['sh', '-c', `find / ${pruned} -type f -print0 | xargs -0 md5sum`])
  const snapshot = new Map(
    found
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [path = '', facts = ''] = line.split('\t')
        return [path, facts] as const
      }),
  )
  for (const line of sums.split('\n').filter((one) => one !== '')) {
    const path = line.slice(34)
    snapshot.set(path, `${snapshot.get(path) ?? ''} ${line.slice(0, 32)}`)
  }
  return snapshot
}

/** What differs, sorted by path. */
export function differencesBetween(before: Snapshot, after: Snapshot): Difference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)]
    if (was === is) return []
    return [{ path, kind: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed' }]
  })
}

/** What the tools of the system keep of what they did; nothing of Comptoir's. */
const bookkeeping = [
  /^\/var\/lib\/(?:dpkg|apt)(?:\/|$)/u,
  /^\/var\/cache\/(?:apt|debconf|ldconfig|fontconfig|man)(?:\/|$)/u,
  /^\/var\/log\/(?:apt\/.*|dpkg\.log|alternatives\.log|fontconfig\.log|apt|bootstrap\.log)$/u,
  /^\/etc\/ld\.so\.cache$/u,
  /^\/(?:var|var\/log|var\/cache|etc)$/u,
]

/** Whether a difference is the system's own memory: its lists of packages, its logs and its caches. */
export function isBookkeeping({ path }: Difference): boolean {
  return bookkeeping.some((pattern) => pattern.test(path))
}
