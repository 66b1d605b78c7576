// `npm run bench [-- ROUNDS]`: how fast and how light Comptoir is beside a bare Electron, measured side by side in the
// same run. A table on standard output, all measures in bench-results/bench.json.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '../e2e/psc-simulator/simulator.ts'
import { startProgram } from '../e2e/support/program.ts'
import { cardRows, measureCard } from './bench/card.ts'
import { measureIdentification, measureLogins } from './bench/interactions.ts'
import { journalRows, measureJournal } from './bench/journal.ts'
import { measurePsc, pscRows } from './bench/psc.ts'
import { startScreen } from './bench/screen.ts'
import { measureStart, type Start } from './bench/startup.ts'
import { differencesOf, ratiosOf, summaryOf } from './bench/statistics.ts'
import { print, row, type Row } from './bench/table.ts'
import { measureWorkstation, workstationRows } from './bench/workstation.ts'
import { startDisplay } from './bootstrap/display.mjs'
import { root } from './bootstrap/places.mjs'
import { writeDemonstration } from './demonstration/data.ts'
import { usualPagesUrl } from './demonstration/pages.ts'
import { electronExecutable } from './electron-arguments.ts'

const programs = ['bare', 'comptoir', 'comptoir-alone'] as const
/** Created hidden once the launcher is shown: identification, « Rester connecté ? ». */
const preparedWindows = 2

const rounds = Number(process.argv[2] ?? 12)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('Usage: npm run bench [-- ROUNDS]')
  process.exit(64)
}
const simulator = await startSimulator()
const folder = await mkdtemp(join(tmpdir(), 'comptoir-bench-'))
const display = await startDisplay()
process.env['DISPLAY'] = display.name
try {
  const { config, dataDir, operators } = await writeDemonstration(folder, {
    electron: electronExecutable(),
    pagesUrl: usualPagesUrl,
    psc: simulator,
    // Measured for itself below.
    card: { enabled: false },
  })
  const environment = { COMPTOIR_CONFIG: config, COMPTOIR_DATA_DIR: dataDir }
  const starts: Record<(typeof programs)[number], Start[]> = { bare: [], comptoir: [], 'comptoir-alone': [] }
  const screen = await startScreen()
  for (let round = 0; round <= rounds; round += 1) {
    for (const program of programs) {
      const start = await measureStart(program, folder, environment, screen)
      // The first round warms the disk's cache.
      if (round > 0) starts[program].push(start)
    }
    process.stderr.write(`\rstart ${round} of ${rounds} `)
  }
  process.stderr.write('\n')
  await screen.stop()

  const program = await startProgram({ config, dataDir })
  const identification = await measureIdentification(program, rounds * 2)
  const operator = operators[0] ?? { code: '', password: '' }
  const logins = await measureLogins(program, operator, rounds)
  await program.stop()
  console.error('Pro Santé Connect is measured.')
  const psc = await measurePsc(join(folder, 'psc'), rounds)
  console.error('The card is measured.')
  const card = await measureCard(join(folder, 'card'), rounds)
  console.error('The journal is measured at a million rows.')
  const journal = await measureJournal(join(folder, 'journal'), rounds)
  console.error('A working day is measured.')
  const workstation = await measureWorkstation(join(folder, 'workstation'), simulator, rounds)
  const blocks = await blocksOfTheTour()

  const usable = (name: (typeof programs)[number]): number[] => starts[name].map((start) => start.usable)
  const memory = (name: (typeof programs)[number]): number[] => starts[name].map((start) => start.memory)
  const figures = {
    'bare usable, ms': summaryOf(usable('bare')),
    'launcher usable, ms': summaryOf(usable('comptoir')),
    'launcher usable / bare': summaryOf(ratiosOf(usable('comptoir'), usable('bare'))),
    'bare memory, MB': summaryOf(memory('bare')),
    'memory above bare, launcher alone, MB': summaryOf(
      differencesOf(memory('comptoir-alone'), memory('bare')),
    ),
    'memory per prepared window, MB': summaryOf(
      differencesOf(memory('comptoir'), memory('comptoir-alone')).map((more) => more / preparedWindows),
    ),
    'identification shown after the click, ms': summaryOf(identification),
    'argon2 in a login, ms': summaryOf(logins.map(({ argon2 }) => argon2)),
    'login beyond argon2, ms': summaryOf(logins.map(({ login, argon2 }) => login - argon2)),
  }
  const rows: Row[] = [
    row('spawn → text on the screen, beside bare', figures['launcher usable / bare'], 1.15, ''),
    row('memory above bare, launcher alone', figures['memory above bare, launcher alone, MB'], 15, ' MB'),
    row('memory per prepared window', figures['memory per prepared window, MB'], 20, ' MB'),
    row(
      'identification shown after the click',
      figures['identification shown after the click, ms'],
      50,
      ' ms',
    ),
    row('login beyond argon2', figures['login beyond argon2, ms'], 10, ' ms'),
    ...pscRows(psc),
    {
      what: 'longest block of main during the tour',
      measured: `${blocks.working.felt.toFixed(0)} ms (${blocks.working.own.toFixed(0)} of its own)`,
      target: '≤ 20 ms',
      reached: blocks.working.felt <= 20,
    },
    {
      what: 'the same, creating a window',
      measured: `${blocks.creatingWindow.felt.toFixed(0)} ms (${blocks.creatingWindow.own.toFixed(0)} of its own)`,
      target: 'told apart',
      reached: true,
    },
    ...cardRows(card),
    ...journalRows(journal),
    ...workstationRows(workstation),
  ]
  print(rows)
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, kernel: release() }
  await mkdir(join(root, 'bench-results'), { recursive: true })
  const file = join(root, 'bench-results', 'bench.json')
  await writeFile(
    file,
    JSON.stringify(
      {
        at: new Date(),
        machine,
        rounds,
        figures,
        blocks,
        starts,
        identification,
        logins,
        psc,
        card,
        journal,
        workstation,
      },
      null,
      2,
    ),
  )
  console.error(`All measures are in ${file}`)
} finally {
  await display.stop()
  await simulator.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Plays the tour, which records when the main process answers nobody. */
async function blocksOfTheTour(): Promise<Blocks> {
  console.error('The tour is played to find the longest block of the main process.')
  const tour = spawn(process.execPath, [join(root, 'scripts/tour.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(tour, 'close')
  if (code !== 0) throw new Error('the tour could not be played')
  return JSON.parse(await readFile(join(root, 'tour', 'blocking.json'), 'utf8'))
}

type Longest = { readonly felt: number; readonly own: number }
type Blocks = { readonly working: Longest; readonly creatingWindow: Longest }
