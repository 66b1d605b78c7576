import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { print } from '../../bench/table.ts'
import { root } from '../../bootstrap/places.mjs'
import { say } from '../../bootstrap/terminal.mjs'
import { writeDemonstration } from '../../demonstration/data.ts'
import { usualPagesUrl } from '../../demonstration/pages.ts'
import { electronExecutable } from '../../electron-arguments.ts'
import { distributionOf } from '../distribution.ts'
import { packageForLinux } from '../linux.ts'
import type { PackageReport } from '../package-report.ts'
import { packBare } from './bare.ts'
import { differenceLines, sizeRows, startRows, type Both } from './rows.ts'
import { unpack, weigh, type Sizes } from './sizes.ts'
import { giveToNobody, measureStarts, openToAll, type Start } from './start.ts'

const USAGE = 64
const output = join(root, 'release')

/**
 * `npm run package -- --report [--rounds N]`: packs Comptoir and a bare Electron in the same way and compares their
 * sizes and their starts. A table on standard output; all measures in release/report.json.
 * @returns the exit code: 64 for a wrong word, that of the packaging when it fails
 */
export async function report(args: readonly string[]): Promise<number> {
  const rounds = roundsOf(args)
  if (rounds === null) {
    say('npm run package -- --report [--rounds N]')
    return USAGE
  }
  const code = await packageForLinux(['--out', output])
  if (code !== 0) return code
  const built: PackageReport = JSON.parse(await readFile(join(output, 'package-report.json'), 'utf8'))
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-report-'))
  try {
    await openToAll(folder)
    const packed = join(folder, 'packed')
    const debs = {
      bare: await packBare(await distributionOf(electronExecutable()), packed),
      comptoir: join(output, built.file),
    }
    const [bare, comptoir] = [join(folder, 'bare'), join(folder, 'comptoir')]
    const programs = { bare: await unpack(debs.bare, bare), comptoir: await unpack(debs.comptoir, comptoir) }
    const sizes = {
      bare: await weigh(debs.bare, programs.bare, 'bare'),
      comptoir: await weigh(debs.comptoir, programs.comptoir, 'comptoir'),
    }
    await rm(packed, { recursive: true })
    // A released program keeps its data in /var/lib/comptoir, which may be this machine's own.
    const starts = built.testPackage
      ? await startsOf(
          {
            bare: join(programs.bare.program, 'bare'),
            comptoir: join(programs.comptoir.program, 'comptoir'),
          },
          folder,
          rounds,
        )
      : null
    if (starts === null) say('Starts are measured with a test package only, which keeps its data elsewhere.')
    const rows = [...sizeRows(sizes, built), ...(starts === null ? [] : startRows(starts))]
    print(rows)
    console.log('What the installed difference is made of, before the archive and each file are rounded up:')
    for (const line of differenceLines(sizes)) console.log(line)
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, kernel: release() }
    const told = { bare: plain(sizes.bare), comptoir: plain(sizes.comptoir) }
    const file = join(output, 'report.json')
    const all = { at: new Date(), machine, rounds, built, sizes: told, starts, rows }
    await writeFile(file, `${JSON.stringify(all, null, 2)}\n`)
    say(`All measures are in ${file}`)
    return 0
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function roundsOf(args: readonly string[]): number | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string', default: '12' } } })
    return /^[1-9]\d{0,2}$/u.test(values.rounds) ? Number(values.rounds) : null
  } catch {
    return null
  }
}

async function startsOf(
  { bare, comptoir }: Both<string>,
  folder: string,
  rounds: number,
): Promise<Both<readonly Start[]>> {
  const settings = join(folder, 'demonstration')
  const { config, dataDir } = await writeDemonstration(settings, {
    electron: comptoir,
    pagesUrl: usualPagesUrl,
    psc: null,
    // Its process starts once the launcher is shown, and `npm run bench` weighs it.
    card: { enabled: false },
  })
  await giveToNobody(settings)
  const environment = { COMPTOIR_CONFIG: config, COMPTOIR_DATA_DIR: dataDir }
  const [ofBare = [], ofComptoir = []] = await measureStarts(
    [
      { executable: bare, environment: {} },
      { executable: comptoir, environment },
    ],
    rounds,
    folder,
  )
  return { bare: ofBare, comptoir: ofComptoir }
}

function plain({ parts, ...rest }: Sizes) {
  return { ...rest, parts: Object.fromEntries(parts) }
}
