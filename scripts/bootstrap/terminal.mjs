// What the bootstrap says: everything goes to standard error, so that standard output stays the command's own.

const BAR_WIDTH = 30

/**
 * Something the bootstrap cannot do alone; `message` is one sentence that tells the developer what to type.
 */
export class CannotInstall extends Error {
  /** The exit code of the command (69: EX_UNAVAILABLE of sysexits). */
  exitCode = 69
}

/**
 * Writes one line for the developer.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Does something long under a progress bar. Without a terminal, one line when it starts and one when it ends.
 * @template T
 * @param {string} title what is being done, without a full stop
 * @param {() => number} done the share already done, from 0 to 1; called a few times a second
 * @param {() => Promise<T>} work
 * @param {string} [details] said once, before it starts
 * @returns {Promise<T>} what `work` returns; its error passes through
 */
export async function withProgress(title, done, work, details) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const interactive = process.stderr.isTTY
  if (details) say(`${title}: ${details}`)
  else if (!interactive) say(`${title}…`)
  const timer = setInterval(() => {
    if (interactive) process.stderr.write(`\r\x1b[K${title} ${bar(done())} ${seconds()} s`)
  }, 200)
  try {
    const result = await work()
    say(`${interactive ? '\r\x1b[K' : ''}${title}: done in ${seconds()} s`)
    return result
  } catch (error) {
    if (interactive) process.stderr.write('\r\x1b[K')
    throw error
  } finally {
    clearInterval(timer)
  }
}

/** @param {number} share */
function bar(share) {
  const full = Math.round(Math.min(Math.max(share, 0), 1) * BAR_WIDTH)
  return `[${'█'.repeat(full)}${'·'.repeat(BAR_WIDTH - full)}]`
}
