import { describe, expect, it } from 'vitest'
import { installOptions, type InstallOptionName } from './install-options.ts'

/** What is taken, and what is not. */
const values: Readonly<
  Record<InstallOptionName, readonly [taken: readonly string[], refused: readonly string[]]>
> = {
  config: [
    ['/mnt/it/comptoir.json', 'C:\\Installation\\comptoir.json', '\\\\srv\\part$\\É (2)\\comptoir.json'],
    [
      'comptoir.json',
      './comptoir.json',
      'C:comptoir.json',
      'C:\\dossier\\',
      '/',
      'C:\\[HOST]\\c.json',
      'C:\\a;b.json',
    ],
  ],
  host: [
    ['srv', 'sso.example', 'SSO.Example:8443', '10.0.0.1', 'a-b.c:1', 'x:65535', `${'a'.repeat(63)}.example`],
    [
      'https://sso.example',
      'sso.example/realms',
      'sso.example:',
      'sso.example:0',
      'sso.example:65536',
      'sso..example',
      '-sso.example',
      'sso-.example',
      'sso.example.',
      'sso_example',
      'é.example',
      'user@sso.example',
      `${'a'.repeat(64)}.example`,
      Array.from({ length: 128 }, () => 'a').join('.'),
    ],
  ],
  realm: [
    ['officine', 'Pharmacies_2.b-c'],
    ['..', '.', 'a/b', 'a b', 'é', 'a'.repeat(65)],
  ],
  client: [
    ['comptoir', 'an_id-2.x'],
    ['..', 'a/b', 'a:b', 'a b', 'a'.repeat(129)],
  ],
  pharmacy: [
    [
      "Pharmacie de l'Étoile (Dupont & Fils)",
      'PHARMACIE DU TEST n° 2',
      'Pharmacie de l’Œuvre',
      '3 Fontaines',
    ],
    [' ', '-x', '/x', 'a$b', 'a;b', 'a<b', 'a|b', '[x]', 'x{y}', 'a\\b', 'x'.repeat(101)],
  ],
  finess: [
    ['750000001', '2A0000015'],
    ['75000000', '7500000011', '2C0000015', '75000000A', '75 000 0001'],
  ],
  workstation: [
    ['Comptoir 1', 'POSTE-03'],
    ['/x', 'a\tb'],
  ],
  support: [['Assistance du groupement'], ['a;b']],
  phone: [
    ['01 99 00 12 34', '+33 1 99 00 12 34', '3624', '01.99.00.12.34'],
    ['1', 'appelez', '+', '0'.repeat(26)],
  ],
  'code-file': [
    ['/root/code.txt', 'D:\\code.txt'],
    ['-', 'code.txt'],
  ],
}

describe.each(installOptions)('the option $name', ({ name, installer, check }) => {
  const [taken, refused] = values[name]

  it.each(taken)('takes %s', (value) => {
    expect(check(value)).toBe(true)
  })

  it.each(refused)('refuses %s', (value) => {
    expect(check(value)).toBe(false)
  })

  it('takes nothing that an installer or a shell of Windows reads as its own', () => {
    const [sample = ''] = taken
    expect(check(sample)).toBe(true)
    for (const sign of [
      '"',
      '%',
      '^',
      '`',
      '\0',
      '\n',
      '\r',
      '\t',
      '\u001B',
      '\u0085',
      '\u202E',
      '*',
      '?',
      '!',
    ]) {
      expect(check(`${sample.slice(0, -1)}${sign}${sample.slice(-1)}`), JSON.stringify(sign)).toBe(false)
      expect(check(`${sample}${sign}`), JSON.stringify(sign)).toBe(false)
    }
    expect(check('')).toBe(false)
  })

  it('has a name that NSIS and msiexec take for a public property', () => {
    expect(installer).toMatch(/^[A-Z]+$/u)
    expect(name.replaceAll('-', '').toUpperCase()).toBe(installer)
  })
})
