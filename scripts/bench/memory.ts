import { globSync, readFileSync } from 'node:fs'

/**
 * Proportional set size of a process and all its descendants, in megabytes: each shared page is counted once, shared
 * among those who map it. Linux only.
 */
export function memoryOf(pid: number): number {
  const children = new Map<number, number[]>()
  for (const stat of globSync('/proc/[0-9]*/stat')) {
    const found = /^(?<pid>\d+) \(.*\) \S (?<parent>\d+)/su.exec(read(stat))?.groups
    if (found === undefined) continue
    const parent = Number(found['parent'])
    children.set(parent, [...(children.get(parent) ?? []), Number(found['pid'])])
  }
  const family = [pid]
  for (const member of family) family.push(...(children.get(member) ?? []))
  const kilobytes = family.map((member) =>
    Number(/^Pss:\s+(?<size>\d+)/mu.exec(read(`/proc/${member}/smaps_rollup`))?.groups?.['size'] ?? 0),
  )
  return kilobytes.reduce((sum, size) => sum + size, 0) / 1024
}

/** A process may end between being listed and being read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
