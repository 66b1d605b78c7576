import { execFile } from 'node:child_process'

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Runs a program of the system and gives what it prints; null where it fails, in whatever way. */
export type Run = (program: string, args: readonly string[]) => Promise<string | null>

/** In milliseconds. */
const patienceMs = 3000

/**
 * Runs programs of the system by their absolute paths, with no more of the environment than these need to start, and
 * the variables `kept`. What has not ended after 3 s is killed. Never rejects.
 */
export function runOn(platform: string, env: Environment, kept: readonly string[] = []): Run {
  return (program, args) =>
    new Promise<string | null>((resolve) => {
      const child = execFile(
        program,
        args,
        {
          env: { ...environment(platform, env), ...only(env, kept) },
          windowsHide: true,
          maxBuffer: 4_194_304,
        },
        (error, stdout) => {
          clearTimeout(timer)
          resolve(error === null ? stdout : null)
        },
      )
      child.stdin?.end()
      // Its own limit is not enough: execFile waits for the streams, which a grandchild may hold open.
      const timer = setTimeout(() => {
        child.kill('SIGKILL')
        child.stdout?.destroy()
        child.stderr?.destroy()
        resolve(null)
      }, patienceMs)
      // For most reasons spawning fails by an event, for some it throws.
    }).catch(() => null)
}

function environment(platform: string, env: Environment): NodeJS.ProcessEnv {
  return platform === 'win32'
    ? { SystemRoot: systemRoot(env) }
    : { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' }
}

/** These variables, where they are set. */
export function only(env: Environment, names: readonly string[]): Record<string, string> {
  const found = names.flatMap((name) => {
    const value = env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found)
}

/** The folder of Windows. */
export function systemRoot(env: Environment): string {
  return variable(env, 'SystemRoot') ?? 'C:\\Windows'
}

/** A variable of Windows, where their names have no case. Undefined where it is absent or empty. */
export function variable(env: Environment, name: string): string | undefined {
  const found = Object.keys(env).find((key) => key.toLowerCase() === name.toLowerCase())
  const value = found === undefined ? undefined : env[found]
  return value === '' ? undefined : value
}
