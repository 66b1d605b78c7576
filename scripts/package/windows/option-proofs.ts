import { deepEqual } from 'node:assert/strict'
import { installOptions, type InstallOptionName } from '../../../electron/settings/install-options.ts'
import { CODES } from './codes.ts'
import type { Ledger } from './ledger.ts'
import type { Ended } from './wine.ts'

const names = [
  'Pharmacie de l’Étoile (Dupont & Fils), n° 2',
  '(Œuvre) + 1:2_3-4',
  'E\u0301toile',
  'x'.repeat(100),
  'x'.repeat(101),
  'a"b',
  '50 %',
  ' a',
  '-a',
  'a$b',
  'a;b',
  'a\tb',
  'prix : 5 €',
]
const words = [
  'Officine_2.b-c',
  '_a',
  '.a',
  '-a',
  'é',
  'a b',
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(129),
]
const files = ['C:\\code.txt', 'C:\\code.txt\\', 'code.txt', 'C:code.txt', 'C:\\co"de.txt', 'C:\\code.txt%']

const goodHosts = [
  'srv',
  'psc.officine.local',
  'srv-1.a:8443',
  '10.0.0.1:1',
  'srv:65535',
  `${'a'.repeat(63)}.fr`,
]
const badPorts = ['srv:65536', 'srv:0', 'srv:', 'srv:80:1', 'srv:012', 'srv:8x', ':80']
const badLabels = [
  'srv_1',
  '-srv',
  'srv-',
  'a..b',
  'a.-b',
  'a-.b',
  '.a',
  'a.',
  'é.fr',
  `${'a'.repeat(64)}.fr`,
]
const hosts = [...goodHosts, ...badPorts, ...badLabels, 'https://srv', 'srv/x', 'a b']

/** Values that are right and values that are not; which is which, electron/settings/install-options.ts says. */
const samples: Readonly<Record<InstallOptionName, readonly string[]>> = {
  config: files,
  host: hosts,
  realm: words,
  client: words,
  pharmacy: names,
  finess: [
    '123456789',
    '2A1234567',
    '2B1234567',
    '2C1234567',
    'A21234567',
    '12345678',
    '1234567890',
    '12345678x',
  ],
  workstation: names,
  support: names,
  phone: [
    '0123456789',
    '+33 1 23.45(6)-7',
    '3',
    '+3',
    '+33',
    '++33',
    ' 33',
    '33x',
    '3'.repeat(24),
    '3'.repeat(25),
  ],
  'code-file': files,
}

/** Options whose values are tried together: those that do not go together, or fill the message, are apart. */
const groups: readonly (readonly InstallOptionName[])[] = [
  ['host', 'realm', 'client', 'finess', 'phone'],
  ['pharmacy', 'workstation', 'support'],
  ['config', 'code-file'],
]

/**
 * The installer's own reading of the options agrees with `comptoir prepare`. `install` is an installation that fails for
 * want of room once its options are found right.
 */
export async function proveOptions(
  { prove }: Pick<Ledger, 'prove'>,
  install: (args: readonly string[]) => Promise<Ended>,
): Promise<void> {
  for (const group of groups) {
    const options = installOptions.filter(({ name }) => group.includes(name))
    const rows = Math.max(...group.map((name) => samples[name].length))
    await prove(
      `installer: ${options.map(({ installer }) => `/${installer}`).join(' ')} as install-options.ts has them`,
      async () => {
        const [seen, expected] = [[], []] as [string[], string[]]
        for (let row = 0; row < rows; row += 1) {
          const given = options.flatMap((option) =>
            samples[option.name].slice(row, row + 1).map((value) => ({ option, value })),
          )
          const { code, stderr } = await install(
            given.map(({ option, value }) => `/${option.installer}=${value}`),
          )
          for (const {
            option: { installer, check },
            value,
          } of given) {
            const refused = stderr.includes(`Option /${installer} refusée`)
            seen.push(`${installer}=${value}: ${refused ? 'refused' : 'taken'}`)
            expected.push(`${installer}=${value}: ${check(value) ? 'taken' : 'refused'}`)
          }
          const isRight = given.every(({ option, value }) => option.check(value))
          seen.push(`row ${row}: ${code}`)
          // /REALM and /CLIENT want a /HOST.
          const isWhole = group.includes('config') || row < samples.host.length
          expected.push(`row ${row}: ${isRight && isWhole ? CODES.diskFull : CODES.badOption}`)
        }
        deepEqual(seen, expected)
      },
    )
  }
  await prove(
    'installer: options that do not go together, that are empty, twice, or too long, 87',
    async () => {
      const lines = [
        ['/CONFIG=C:\\code.txt', '/HOST=srv'],
        ['/CONFIG=C:\\code.txt', '/PHARMACY=Pharmacie'],
        ['/REALM=officine'],
        ['/HOST='],
        ['/HOST'],
        ['/HOST=srv', '/HOST=srv'],
        ['/CONFIG=C:\\absent.json'],
        ['/CONFIG=C:\\windows'],
        ['/D=C:\\Comptoir', '/HOST=srv'],
        Array.from({ length: 12 }, () => `/${'x'.repeat(100)}`),
      ]
      const codes = []
      for (const line of lines) codes.push((await install(line)).code)
      deepEqual(
        codes,
        lines.map(() => CODES.badOption),
      )
    },
  )
}
