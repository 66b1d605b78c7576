// Runs the suites of `npm test`, one line each, and ends with "N passed, N failed".
// `--suite NAME` (repeatable) chooses suites; other arguments go to vitest or Playwright.

import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { readTestArguments, type Suite } from './bootstrap/suites.mjs'

interface Result {
  passed: number
  failed: number
  /** Tests that say themselves that they cannot run here. */
  notRun: number
  /** Those of `passed` that failed once, then passed. */
  flaky?: number
  /** What the tool wrote, shown when something failed. */
  output: string
}

/** What we read in vitest's JSON report. */
const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** What we read in Playwright's JSON report. */
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), flaky: z.number(), unexpected: z.number(), skipped: z.number() }),
})

const { suites, rest } = readTestArguments(process.argv.slice(2))

/** Runs a tool to its end; what it writes on both streams is kept. */
function tool(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.on('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** A tool whose whole run counts as one test. */
async function check(program: string, args: string[]): Promise<Result> {
  const { code, output } = await tool(program, args)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notRun: 0, output }
}

/** Each TypeScript project alone; the root tsconfig.json only holds what they share. */
async function types(): Promise<Result> {
  const projects = globSync('*/**/tsconfig*.json', { exclude: ['node_modules/**', 'dist/**'] }).sort()
  const results = await Promise.all(projects.map((project) => check('tsc', ['--noEmit', '-p', project])))
  const failed = results.some((result) => result.failed > 0) || projects.length === 0
  return {
    passed: failed ? 0 : 1,
    failed: failed ? 1 : 0,
    notRun: 0,
    output: projects.length === 0 ? 'No TypeScript project' : results.map((result) => result.output).join(''),
  }
}

async function vitest(project: string, folder: string): Promise<Result> {
  const path = join(folder, `${project}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${path}`]
  // Tests that start processes wait for them more than they compute; some unit tests compare times.
  const workers = project === 'unit' ? [] : ['--maxWorkers', '4']
  // vitest colours its words under CI even where nobody sees colours.
  const env = process.stdout.isTTY ? {} : { NO_COLOR: '1' }
  // `unit-mocking` belongs to `unit`.
  const run = await tool(
    'vitest',
    ['run', '--project', `${project}*`, ...reporters, ...workers, ...rest],
    env,
  )
  const report = VitestReport.optional().parse(await read(path))
  // A file that could not be loaded failed without any test.
  const unloaded = report?.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = (report?.numFailedTests ?? 0) + (unloaded?.length ?? 0)
  return judged(run, report?.numPassedTests ?? 0, failed, report?.numPendingTests ?? 0)
}

async function playwright(folder: string): Promise<Result> {
  const path = join(folder, 'e2e.json')
  const run = await tool('playwright', ['test', '--reporter=dot,json', ...rest], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: path,
  })
  const report = PlaywrightReport.optional().parse(await read(path))
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report?.stats ?? {}
  return { ...judged(run, expected + flaky, unexpected, skipped), flaky }
}

/** Reads a report; undefined when the tool left none. */
async function read(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}

/** No test, or a tool that failed while all its tests passed: that is one failure. */
function judged(
  run: { code: number; output: string },
  passed: number,
  failed: number,
  notRun: number,
): Result {
  const silent = failed === 0 && (passed + notRun === 0 || run.code !== 0)
  return { passed, failed: silent ? 1 : failed, notRun, output: run.output || 'No test was run.' }
}

const RUN: Record<Suite, (folder: string) => Promise<Result>> = {
  format: () => check('prettier', ['--check', '.']),
  lint: () => check('oxlint', ['--type-aware', '--deny-warnings']),
  types,
  unit: (folder) => vitest('unit', folder),
  integration: (folder) => vitest('integration', folder),
  security: (folder) => vitest('security', folder),
  e2e: playwright,
}

const folder = await mkdtemp(join(tmpdir(), 'comptoir-test-'))
const total = { passed: 0, failed: 0 }
for (const suite of suites) {
  const started = Date.now()
  const { passed, failed, notRun, flaky = 0, output } = await RUN[suite](folder)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  if (failed + flaky > 0) console.log(output.trimEnd())
  const unplayed = notRun === 0 ? '' : `, ${notRun} not run here`
  const again = flaky === 0 ? '' : `, ${flaky} passed at the second try`
  console.log(`${suite.padEnd(12)} ${passed} passed, ${failed} failed${unplayed}${again}, ${seconds} s`)
  total.passed += passed
  total.failed += failed
}
await rm(folder, { recursive: true })
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0
