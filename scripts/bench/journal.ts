import { mkdir } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { writeDemonstration } from '../demonstration/data.ts'
import { usualPagesUrl } from '../demonstration/pages.ts'
import { electronExecutable } from '../electron-arguments.ts'
import { writeMillionRows } from './journal-database.ts'
import { measureOperators } from './journal-operators.ts'
import { measureTasks, type Series, type TaskFigures } from './journal-tasks.ts'
import { measureWindow, type Frames, type WindowFigures } from './journal-window.ts'
import { quantileOf, summaryOf } from './statistics.ts'
import { row, type Row } from './table.ts'

/** The journal at a million rows, and the operators at ten thousand. */
export type JournalFigures = {
  readonly tasks: TaskFigures
  readonly window: WindowFigures
  /** Milliseconds. */
  readonly operatorSearch: readonly number[]
  /** Of the last minute, before and after: what is measured beside other work is slower. */
  readonly load: readonly [before: number, after: number]
}

/** Measures in `folder`, which is the caller's to remove; a million rows are made first, once. */
export async function measureJournal(folder: string, rounds: number): Promise<JournalFigures> {
  const dataDir = join(folder, 'data')
  await mkdir(dataDir, { recursive: true })
  await writeMillionRows(dataDir)
  const { config } = await writeDemonstration(folder, {
    electron: electronExecutable(),
    pagesUrl: usualPagesUrl,
    psc: null,
    card: { enabled: false },
  })
  const [before = 0] = loadavg()
  const { search: operatorSearch } = await measureOperators(join(folder, 'operators'), rounds)
  const tasks = await measureTasks(dataDir, rounds)
  const window = await measureWindow({ config, dataDir }, rounds)
  const [after = 0] = loadavg()
  return { tasks, window, operatorSearch, load: [before, after] }
}

/** The figures as the table shows them. */
export function journalRows({ tasks, window, operatorSearch }: JournalFigures): Row[] {
  return [
    ms('first page at 1 000 000 rows', tasks.firstPage, 20),
    ...tasks.filtered.map(({ filter, measures }) => ms(`filtered page: ${filter}`, measures, 50)),
    ms(`page in the middle, the slowest: ${slowest(tasks.deep).filter}`, slowest(tasks.deep).measures, 50),
    ms(`counting, the slowest: ${slowest(tasks.counted).filter}`, slowest(tasks.counted).measures, 100),
    ms('first page in « Journal », from call to answer', window.firstPage, 20),
    ms('filtered page in « Journal »', window.filteredPage, 50),
    ms('a page while the journal is verified', tasks.pageMeanwhile, 50),
    frames('frames over 32 ms, wheel', window.wheel),
    frames('frames over 32 ms, scroll bar dragged', window.dragged),
    speed('verify, rows/s', tasks.verifyRowsPerSecond, 80_000),
    speed('verify in « Journal », rows/s', (tasks.rows / window.verifyMs) * 1000, 80_000),
    ms('verification given up', tasks.cancelled, 100),
    speed('export CSV, rows/s', tasks.exportRowsPerSecond.csv, 50_000),
    speed('export JSONL, rows/s', tasks.exportRowsPerSecond.jsonl, 50_000),
    speed('export CSV in « Journal », rows/s', (tasks.rows / window.exportMs) * 1000, 50_000),
    appended('append (durable), p50 and p95', tasks.append),
    appended('the same while the journal is verified', tasks.appendMeanwhile),
    ...(['scrolling', 'verifying', 'exporting'] as const).map((when) => {
      const { felt, own } = window.blocks[when]
      return {
        what: `longest block of main, ${when}`,
        measured: `${felt.toFixed(0)} ms (${own.toFixed(0)} of its own)`,
        target: '≤ 20 ms',
        reached: felt <= 20,
      }
    }),
    ms('search among 10 000 operators', operatorSearch, 10),
    ...sizes(tasks),
    {
      what: 'memory: « Journal » open, after its work, at rest',
      measured: `${window.memory.open.toFixed(0)}, ${window.memory.worked.toFixed(0)}, ${window.memory.rested.toFixed(0)} MB`,
      target: 'told',
      reached: true,
    },
  ]
}

function ms(what: string, measures: readonly number[], limit: number): Row {
  return row(what, summaryOf(measures), limit, ' ms')
}

function slowest(series: readonly Series[]): Series {
  return series.reduce((worst, other) =>
    summaryOf(other.measures).median > summaryOf(worst.measures).median ? other : worst,
  )
}

function speed(what: string, perSecond: number, least: number): Row {
  return {
    what,
    measured: perSecond.toFixed(0),
    target: `≥ ${least}`,
    reached: perSecond >= least,
  }
}

function frames(what: string, { frames, long, longest, median }: Frames): Row {
  return {
    what,
    measured: `${long} of ${frames} (median ${median.toFixed(1)} ms, longest ${longest.toFixed(1)} ms)`,
    target: 'none',
    reached: long === 0,
  }
}

function appended(what: string, measures: readonly number[]): Row {
  const p95 = quantileOf(measures, 0.95)
  return {
    what,
    measured: `${quantileOf(measures, 0.5).toFixed(1)} and ${p95.toFixed(1)} ms`,
    target: 'p95 ≤ 10 ms',
    reached: p95 <= 10,
  }
}

/** How the file grows with each row. */
function sizes({ sizes, rows }: TaskFigures): Row[] {
  const told = (what: string, bytes: number): Row => ({
    what,
    measured: `${(bytes / 1e6).toFixed(0)} MB (${(bytes / rows).toFixed(0)} bytes a row)`,
    target: 'told',
    reached: true,
  })
  return [
    told(
      `size of ${rows} rows`,
      sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    ),
    ...sizes.map(({ name, bytes }) => told(`of which ${name}`, bytes)),
  ]
}
