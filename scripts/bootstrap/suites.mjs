/** @typedef {'format' | 'lint' | 'types' | 'unit' | 'integration' | 'security' | 'e2e'} Suite */

/**
 * The suites of `npm test`, in the order they run: what fails fast comes first.
 * @type {readonly Suite[]}
 */
const SUITES = ['format', 'lint', 'types', 'unit', 'security', 'integration', 'e2e']

/** @type {ReadonlySet<Suite>} */
const WITHOUT_ELECTRON = new Set(['format', 'lint', 'types', 'unit', 'security', 'integration'])

/**
 * Reads the arguments of `npm test`: `--suite NAME`, once or more, chooses suites; the others go to the tool.
 * @param {readonly string[]} args
 * @returns {{ suites: readonly Suite[], rest: string[] }} all suites when none is chosen
 * @throws {Error} on an unknown suite
 */
export function readTestArguments(args) {
  /** @type {Suite[]} */
  const suites = []
  const rest = []
  const pending = [...args]
  for (let arg = pending.shift(); arg !== undefined; arg = pending.shift()) {
    if (arg !== '--suite') {
      rest.push(arg)
      continue
    }
    const name = pending.shift()
    const suite = SUITES.find((known) => known === name)
    if (suite === undefined) throw new Error(`--suite wants one of: ${SUITES.join(', ')}`)
    suites.push(suite)
  }
  return { suites: suites.length > 0 ? suites : SUITES, rest }
}

/**
 * Whether a suite starts Electron, and so wants a display too.
 * @param {Suite} suite
 */
export function usesElectron(suite) {
  return !WITHOUT_ELECTRON.has(suite)
}
