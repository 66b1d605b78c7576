import { spawn } from 'node:child_process'
import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Launch } from '../settings/schema.ts'
import { noStreams } from './streams.ts'

type ProgramLaunch = Extract<Launch, { kind: 'program' }>

export type ProgramStart =
  | { readonly kind: 'started'; readonly pid: number; readonly end: Promise<ProgramEnd> }
  | { readonly kind: 'missing' | 'not-executable' | 'not-started' }

/** How a program's process ended. `handed-over`: with 0 within 5 s, another process has taken its place. */
export type ProgramEnd =
  { readonly kind: 'left' | 'handed-over' } | { readonly kind: 'ended-at-once'; readonly how: string }

/** A process that ends with 0 sooner has only handed over to another one; with anything else, it has failed. */
const handOverMs = 5000

/**
 * Starts a module's program and follows its process to its end. Its streams are not ours: what it prints goes
 * nowhere, and it survives Comptoir. Never rejects: each way of not starting has its name.
 * `given`: what only its environment holds; arguments are read by any process of this computer.
 */
export function startProgram(
  launch: ProgramLaunch,
  monotonic: () => number,
  given: Readonly<Record<string, string>> = {},
): Promise<ProgramStart> {
  const startedAt = monotonic()
  return new Promise<ProgramStart>((resolve) => {
    const child = spawn(launch.command, launch.args, {
      cwd: dirname(launch.command),
      env: { ...environment(), ...given },
      stdio: noStreams(),
      detached: true,
      shell: false,
    })
    const end = new Promise<ProgramEnd>((ended) => {
      child.once('exit', (code, signal) => {
        const early = monotonic() - startedAt < handOverMs
        if (!early) ended({ kind: 'left' })
        else if (code === 0) ended({ kind: 'handed-over' })
        else ended({ kind: 'ended-at-once', how: signal ?? `code ${code ?? 0}` })
      })
    })
    child.once('error', (error) => resolve({ kind: refusalOf(error) }))
    child.once('spawn', () => {
      child.unref()
      resolve({ kind: 'started', pid: child.pid ?? 0, end })
    })
    // `spawn` itself throws for most reasons: a wrong format on Windows, an argument no program can be given.
  }).catch((error: unknown) => ({ kind: refusalOf(error) }))
}

/** What keeps a command from being started, known before starting it; null when nothing does. */
export async function obstacleTo(command: string): Promise<'missing' | 'not-executable' | null> {
  try {
    if (!(await stat(command)).isFile()) return 'not-executable'
    await access(command, constants.X_OK)
    return null
  } catch (error) {
    return refusalOf(error) === 'missing' ? 'missing' : 'not-executable'
  }
}

function refusalOf(error: unknown): 'missing' | 'not-executable' | 'not-started' {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing'
  const wrong = ['EACCES', 'ENOEXEC', 'EFTYPE', 'UNKNOWN'].includes(String(code))
  return wrong ? 'not-executable' : 'not-started'
}

/** What steers Comptoir or its runtime is not the module's business. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:COMPTOIR_|ELECTRON_|NODE_OPTIONS$)/u.test(name)),
  )
}
