import { describe, expect, it } from 'vitest'
import type { Run } from '../card/run-program.ts'
import { defaultBrowser } from './default-browser.ts'

/** What the system is asked, and prints. */
function asked(printed: string | null): { run: Run; programs: string[] } {
  const programs: string[] = []
  return {
    programs,
    run: (program, args) => {
      programs.push([program, ...args].join(' '))
      return Promise.resolve(printed)
    },
  }
}

const registry = (id: string): string =>
  `\r\nHKEY_CURRENT_USER\\Software\\…\\https\\UserChoice\r\n    ProgId    REG_SZ    ${id}\r\n\r\n`

describe('the default browser of Windows', () => {
  it.each([
    ['MSEdgeHTM', 'Microsoft Edge', false],
    ['ChromeHTML', 'Google Chrome', false],
    ['FirefoxURL-308046B0AF4A39CB', 'Mozilla Firefox', false],
    ['IE.HTTPS', 'Internet Explorer', true],
    ['AutreHTML', 'AutreHTML', false],
  ])('of id %s is %s', async (id, name, outdated) => {
    const { run, programs } = asked(registry(id))
    const env = { SystemRoot: 'D:\\Windows' }
    expect(await defaultBrowser({ platform: 'win32', env, run })).toEqual({ kind: 'found', name, outdated })
    expect(programs).toEqual([
      expect.stringMatching(/^D:\\Windows\\System32\\reg\.exe query HKCU\\.*UserChoice/u),
    ])
  })

  it('is not known before somebody has chosen one', async () => {
    for (const printed of [null, '']) {
      const { run } = asked(printed)
      expect(await defaultBrowser({ platform: 'win32', env: {}, run })).toEqual({ kind: 'unknown' })
    }
  })
})

const handlers = (scheme: string): string => `(
    { LSHandlerRoleAll = "com.apple.mail"; LSHandlerURLScheme = mailto; },
    { LSHandlerPreferredVersions = 1; LSHandlerRoleAll = "org.mozilla.firefox"; LSHandlerURLScheme = ${scheme}; }
)`

describe('the default browser of macOS', () => {
  it.each([
    [handlers('https'), { kind: 'found', name: 'Mozilla Firefox', outdated: false }],
    [handlers('ftp'), { kind: 'found', name: 'Safari', outdated: false }],
    [null, { kind: 'unknown' }],
  ])('is what LaunchServices lists', async (printed, expected) => {
    expect(await defaultBrowser({ platform: 'darwin', env: {}, run: asked(printed).run })).toEqual(expected)
  })
})
