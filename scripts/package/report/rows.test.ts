import { describe, expect, test } from 'vitest'
import type { PackageReport } from '../package-report.ts'
import { differenceLines, sizeRows, startRows } from './rows.ts'
import type { Sizes } from './sizes.ts'

const built: PackageReport = {
  file: 'comptoir_0.1.0_amd64.deb',
  bytes: 70_000_000,
  installedKiB: 200_000,
  sha256: '',
  electron: '45.4.1',
  testPackage: false,
  archiveFiles: 1,
  fuses: [],
  seconds: { program: 1.2, folder: 2.3, deb: 60, all: 63.5 },
}

function sizes(deb: number, installed: number, parts: Record<string, number> = {}): Sizes {
  return { deb, installed, parts: new Map(Object.entries(parts)) }
}

describe('The packaging report', () => {
  test('a size above its limit is missed, at its limit reached', () => {
    const rows = sizeRows(
      { bare: sizes(64_000_000, 200_000_000), comptoir: sizes(70_000_000, 215_100_000) },
      built,
    )
    expect(rows.map(({ measured, reached }) => [measured, reached])).toEqual([
      ['15.1 MB (215.1 against 200.0)', false],
      ['6.0 MB (70.0 against 64.0)', true],
      ['64 s (program 1, folder 2, deb 60)', true],
    ])
  })

  test('starts are compared pair by pair, and memory only where it could be read', () => {
    const starts = {
      bare: [
        { drawn: 100, memory: null },
        { drawn: 200, memory: null },
        { drawn: 300, memory: null },
      ],
      comptoir: [
        { drawn: 120, memory: null },
        { drawn: 220, memory: null },
        { drawn: 600, memory: null },
      ],
    }
    const [ratio, ...others] = startRows(starts)
    expect(ratio).toMatchObject({ measured: '1.20 (1.20 to 2.00)', reached: false })
    expect(others.map(({ measured }) => measured)).toEqual(['220 ms (220 to 600)', '200 ms (200 to 300)'])
  })

  test('the difference is told part by part, the largest first, what is small together', () => {
    const both = {
      bare: sizes(0, 0, { Electron: 200_000_000, 'archive: main.js': 500 }),
      comptoir: sizes(0, 0, {
        Electron: 200_000_000,
        'archive: dist/main': 2_000_000,
        'addon: better-sqlite3': 3_000_000,
        'addon: keytar': 60_500,
      }),
    }
    expect(differenceLines(both)).toEqual([
      '     3.0 MB  addon: better-sqlite3',
      '     2.0 MB  archive: dist/main',
      '     0.1 MB  the rest',
    ])
  })
})
