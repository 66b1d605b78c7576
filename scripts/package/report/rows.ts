import { differencesOf, ratiosOf, summaryOf } from '../../bench/statistics.ts'
import { row, type Row } from '../../bench/table.ts'
import type { PackageReport } from '../package-report.ts'
import type { Sizes } from './sizes.ts'
import type { Start } from './start.ts'

/** A measure of the bare program and the same of Comptoir. */
export type Both<T> = { readonly bare: T; readonly comptoir: T }

const mega = (bytes: number): number => bytes / 1e6
/** A part whose difference, in bytes, is told by itself. */
const toldFrom = 100_000

/** The sizes beside bare's, and what the build took. */
export function sizeRows({ bare, comptoir }: Both<Sizes>, built: PackageReport): Row[] {
  const { seconds, electron, testPackage } = built
  const [program, folder, deb, all] = [seconds.program, seconds.folder, seconds.deb, seconds.all].map(
    (each) => each.toFixed(0),
  )
  return [
    sizeRow('installed, above bare', comptoir.installed, bare.installed, 15),
    sizeRow('deb, above bare', comptoir.deb, bare.deb, 6),
    {
      what: `built, Electron ${electron}${testPackage ? ', test package' : ''}`,
      measured: `${all} s (program ${program}, folder ${folder}, deb ${deb})`,
      target: 'told',
      reached: true,
    },
  ]
}

function sizeRow(what: string, ours: number, theirs: number, limit: number): Row {
  const more = mega(ours - theirs)
  return {
    what,
    measured: `${more.toFixed(1)} MB (${mega(ours).toFixed(1)} against ${mega(theirs).toFixed(1)})`,
    target: `≤ ${limit} MB`,
    reached: more <= limit,
  }
}

/** The starts, compared pair by pair. */
export function startRows({ bare, comptoir }: Both<readonly Start[]>): Row[] {
  const ratios = ratiosOf(drawnOf(comptoir), drawnOf(bare))
  return [
    row('spawn → text on the screen, beside bare', summaryOf(ratios), 1.15, ''),
    toldRow('the same, Comptoir', drawnOf(comptoir), ' ms', 0),
    toldRow('the same, bare', drawnOf(bare), ' ms', 0),
    ...memoryRows(memoryOf(comptoir), memoryOf(bare)),
  ]
}

function memoryRows(ours: readonly number[], theirs: readonly number[]): Row[] {
  if (theirs.length === 0) return []
  return [toldRow('memory (PSS) above bare, two windows prepared', differencesOf(ours, theirs), ' MB', 1)]
}

function toldRow(what: string, values: readonly number[], unit: string, digits: number): Row {
  const { median, low, high } = summaryOf(values)
  const [middle, from, to] = [median, low, high].map((value) => value.toFixed(digits))
  return { what, measured: `${middle}${unit} (${from} to ${to})`, target: 'told', reached: true }
}

function drawnOf(starts: readonly Start[]): number[] {
  return starts.map(({ drawn }) => drawn)
}

function memoryOf(starts: readonly Start[]): number[] {
  return starts.flatMap(({ memory }) => memory ?? [])
}

/** What the installed difference is made of, a line each, the largest first. */
export function differenceLines({ bare, comptoir }: Both<Sizes>): string[] {
  const parts = [...new Set([...comptoir.parts.keys(), ...bare.parts.keys()])].map((part) => ({
    part,
    more: (comptoir.parts.get(part) ?? 0) - (bare.parts.get(part) ?? 0),
  }))
  const told = parts.filter(({ more }) => Math.abs(more) >= toldFrom)
  const rest = parts.filter(({ more }) => Math.abs(more) < toldFrom).reduce((sum, { more }) => sum + more, 0)
  return [...told.toSorted((one, other) => other.more - one.more), { part: 'the rest', more: rest }].map(
    ({ part, more }) => `${mega(more).toFixed(1).padStart(8)} MB  ${part}`,
  )
}
