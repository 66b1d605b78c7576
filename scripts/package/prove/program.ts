import { readdir, readFile, readlink } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { InsideOptions, Root } from './root.ts'
import type { Told } from './told.ts'

/** Where the package puts it. */
export const program = '/opt/Comptoir'
export const executable = `${program}/comptoir`
export const settingsFile = '/etc/comptoir/comptoir.json'
export const dataFolder = '/var/lib/comptoir'

/** A process of Comptoir, as the kernel shows it. */
export type Process = {
  readonly pid: number
  /** `browser` (the main one), `renderer`, `gpu-process`, `zygote`, `utility`… */
  readonly type: string
  readonly arguments: readonly string[]
  readonly userId: number
  /** proc(5): 2 is « filter ». */
  readonly seccomp: number
  /** In how many pid namespaces of the root it is: more than one, it sees itself only. */
  readonly depth: number
}

/** Runs a command of the installed program, as anybody types it. */
export function comptoir(root: Root, words: readonly string[], options: InsideOptions = {}): Promise<Told> {
  return root.run(['comptoir', ...words], { seconds: 60, ...options })
}

/** The processes of the installed program that run now; `of`: where its executable is. */
export async function processesOf(root: Root, of = executable): Promise<Process[]> {
  const found = (await readdir(root.path('/proc'))).filter((name) => /^\d+$/u.test(name))
  const read = await Promise.all(found.map((pid) => processOf(root, Number(pid), of)))
  return read.filter((one) => one !== null)
}

async function processOf(root: Root, pid: number, of: string): Promise<Process | null> {
  const under = (name: string): string => root.path(`/proc/${pid}/${name}`)
  try {
    const file = await readlink(under('exe'))
    if (file.replace(/ \(deleted\)$/u, '') !== of) return null
    const [line, status] = await Promise.all([
      readFile(under('cmdline'), 'utf8'),
      readFile(under('status'), 'utf8'),
    ])
    // Chromium rewrites the line of some of its children: one text, spaces between the words.
    const words = line.split(/[\0 ]/u).filter((word) => word !== '')
    const field = (name: string): string =>
      new RegExp(`^${name}:\\s*(?<value>.*)$`, 'mu').exec(status)?.groups?.['value'] ?? ''
    const type = words.find((word) => word.startsWith('--type='))?.slice('--type='.length) ?? 'browser'
    return {
      pid,
      type,
      arguments: words,
      userId: Number(field('Uid').split('\t')[0]),
      seccomp: Number(field('Seccomp')),
      depth: field('NSpid').split('\t').length,
    }
  } catch {
    // It ended meanwhile.
    return null
  }
}

/** Who listens on the root's network, as `ss` has it: a line each. */
export async function listeners(root: Root): Promise<string[]> {
  const told = await root.must(['ss', '-Hltnp'])
  return told.split('\n').filter((line) => line !== '')
}

/** Ends what still runs of the program, kindly, then not. */
export async function endProgram(root: Root, of = executable): Promise<void> {
  for (const signal of ['TERM', 'KILL']) {
    for (let round = 0; round < 30; round += 1) {
      const left = await processesOf(root, of)
      if (left.length === 0) return
      if (round === 0) await root.run(['kill', `-${signal}`, ...left.map(({ pid }) => String(pid))])
      await wait(100)
    }
  }
}

/** What Chromium itself says on standard error of a machine without GPU, system bus and the like is left out. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !/^\[\d+:\d+\/|^\[\d+:\d{4}\//u.test(line))
}
