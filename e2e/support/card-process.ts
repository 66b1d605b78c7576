import { readFileSync } from 'node:fs'
import { pidsOf } from './counter.ts'
import type { Program } from './program.ts'

/** The ids of the card processes that this program runs: one, or none while it is being started again. */
export function cardProcesses(program: Program): number[] {
  return pidsOf(program, 'node.mojom.NodeService').filter(lives)
}

/** Whether this process still runs; what its parent has not asked after since it ended does not. */
export function lives(pid: number): boolean {
  const state = /^\d+ \(.*\) (?<state>\S)/su.exec(read(pid, 'stat'))?.groups?.['state']
  return state !== undefined && state !== 'Z'
}

/** The environment that this process was started with. */
export function environmentOf(pid: number): Record<string, string> {
  const lines = read(pid, 'environ').split('\0').slice(0, -1)
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

/** A process may end while it is read. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
