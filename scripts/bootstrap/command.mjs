import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * @typedef {{ code: number, stdout: string, stderr: string }} Outcome
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, onText?: (text: string) => void }} Options
 */

/**
 * Runs a program silently to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {Promise<Outcome>} `code` is -1 when the program could not be started or was killed
 */
export function capture(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text
      options.onText?.(text)
    })
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stderr += text))
    child.on('error', (error) => resolve({ code: -1, stdout, stderr: error.message }))
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
}

/**
 * Runs a program silently and returns what it wrote on standard output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @throws {Error} with the program's own last words when it does not exit with 0
 */
export async function run(program, args, options = {}) {
  const { code, stdout, stderr } = await capture(program, args, options)
  if (code !== 0) throw new Error(`${program} failed (${code}): ${lastLines(stderr || stdout)}`)
  return stdout
}

/**
 * Runs a program on the developer's terminal: its input is ours, and all it writes goes to standard error.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code, -1 when it could not be started or was killed
 */
export function attend(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['inherit', 2, 2] })
    child.on('error', () => resolve(-1))
    child.on('close', (code) => resolve(code ?? -1))
  })
}

/**
 * Where the program is that is called by this name.
 * @param {string} name
 * @returns {string | undefined}
 */
export function pathOf(name) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

/**
 * Whether a program can be called by its name.
 * @param {string} name
 */
export function isOnPath(name) {
  return pathOf(name) !== undefined
}

/** @param {string} text */
function lastLines(text) {
  return text.trim().split('\n').slice(-5).join('\n')
}
