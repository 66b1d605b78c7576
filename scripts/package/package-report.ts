import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from '../bootstrap/command.mjs'
import type { Inspection } from './inspect.ts'

/** What release/package-report.json holds. */
export interface PackageReport {
  readonly file: string
  readonly bytes: number
  /** As dpkg counts it. */
  readonly installedKiB: number
  readonly sha256: string
  readonly electron: string
  readonly testPackage: boolean
  readonly archiveFiles: number
  readonly fuses: Inspection['fuses']
  readonly seconds: {
    readonly program: number
    readonly folder: number
    readonly deb: number
    readonly all: number
  }
}

/** Measures a package that was just built, writes the report beside it and returns it. */
export async function reportOnDeb(
  file: string,
  known: Omit<PackageReport, 'file' | 'bytes' | 'installedKiB' | 'sha256'>,
): Promise<PackageReport> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  const report = {
    file: basename(file),
    bytes: (await stat(file)).size,
    installedKiB: Number((await run('dpkg-deb', ['--field', file, 'Installed-Size'])).trim()),
    sha256: hash.digest('hex'),
    ...known,
  }
  await writeFile(join(file, '../package-report.json'), `${JSON.stringify(report, undefined, 2)}\n`)
  return report
}

/** The report in a few lines, for the terminal. */
export function toldReport(report: PackageReport): string {
  const { program, folder, deb, all } = report.seconds
  return [
    `${report.file}: ${mega(report.bytes)}, installed ${mega(report.installedKiB * 1024)}`,
    `Electron ${report.electron}${report.testPackage ? ', TEST PACKAGE' : ''}; ${report.archiveFiles} files in the archive`,
    `fuses: ${report.fuses.map(({ name, found }) => `${name} ${found}`).join(', ')}`,
    `built in ${all.toFixed(1)} s: program ${program.toFixed(1)} s, folder ${folder.toFixed(1)} s, deb ${deb.toFixed(1)} s`,
    `sha256 ${report.sha256}`,
  ].join('\n')
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
