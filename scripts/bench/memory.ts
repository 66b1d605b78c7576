import { globSync, readFileSync } from 'node:fs'

/**
 * Proportional set size of a process and all its descendants, in megabytes: each shared page is counted once, shared
 * among those who map it. Linux only.
 */
export function memoryOf(pid: number): number {
  return sumOf(familyOf(pid), 'Pss')
}

/** What a program's main process and its pages have for themselves, in megabytes: no file, nothing shared. Linux only. */
export function ownMemoryOf(pid: number): number {
  const pages = familyOf(pid).filter((member) => read(`/proc/${member}/cmdline`).includes('--type=renderer'))
  return sumOf([pid, ...pages], 'Anonymous')
}

/** How long a process and all its descendants have been on a processor so far, in milliseconds. Linux only. */
export function processorTimeOf(pid: number): number {
  const threads = familyOf(pid).flatMap((member) => globSync(`/proc/${member}/task/*/schedstat`))
  return threads.reduce((sum, thread) => sum + Number(read(thread).split(' ')[0]) / 1e6, 0)
}

/** A process and all its descendants. */
function familyOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const stat of globSync('/proc/[0-9]*/stat')) {
    const found = /^(?<pid>\d+) \(.*\) \S (?<parent>\d+)/su.exec(read(stat))?.groups
    if (found === undefined) continue
    const parent = Number(found['parent'])
    children.set(parent, [...(children.get(parent) ?? []), Number(found['pid'])])
  }
  const family = [pid]
  for (const member of family) family.push(...(children.get(member) ?? []))
  return family
}

function sumOf(pids: readonly number[], size: 'Pss' | 'Anonymous'): number {
  const line = new RegExp(`^${size}:\\s+(?<size>\\d+)`, 'mu')
  const kilobytes = pids.map((pid) =>
    Number(line.exec(read(`/proc/${pid}/smaps_rollup`))?.groups?.['size'] ?? 0),
  )
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024
}

/** A process may end between being listed and being read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
