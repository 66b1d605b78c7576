import { describe, expect, test } from 'vitest'
import { archivesIn } from './machine.ts'
import { linesOf } from './program.ts'
import { createProof, until } from './proof.ts'
import { differencesBetween, isBookkeeping, type Snapshot } from './snapshot.ts'

describe('The archives of this machine', () => {
  test('are Debian’s, each release once with its components, whatever else apt knows', () => {
    const listed = [
      'https://one.example/debian/ bookworm main Debian',
      'https://one.example/debian/ bookworm contrib Debian',
      'https://one.example/debian/ bookworm main Debian',
      'https://two.example/security/ bookworm-security main Debian',
      'https://three.example/tools/ stable main Somebody',
      '',
    ]
    expect(archivesIn(listed.join('\n'))).toEqual([
      { url: 'https://one.example/debian/', release: 'bookworm', components: ['main', 'contrib'] },
      { url: 'https://two.example/security/', release: 'bookworm-security', components: ['main'] },
    ])
  })
})

describe('What a removal leaves', () => {
  const before: Snapshot = new Map([
    ['/etc/kept', 'f 644 a'],
    ['/etc/changed', 'f 644 a'],
    ['/etc/gone', 'f 644 a'],
  ])
  const after: Snapshot = new Map([
    ['/etc/kept', 'f 644 a'],
    ['/etc/changed', 'f 666 a'],
    ['/etc/new', 'd 755'],
  ])

  test('is told path by path: added, changed (rights alone, too) and removed', () => {
    expect(differencesBetween(before, after)).toEqual([
      { path: '/etc/changed', kind: 'changed' },
      { path: '/etc/gone', kind: 'removed' },
      { path: '/etc/new', kind: 'added' },
    ])
    expect(differencesBetween(before, before)).toEqual([])
  })

  test.each([
    ['/var/lib/dpkg/status', true],
    ['/var/cache/fontconfig/1.cache', true],
    ['/var/log/dpkg.log', true],
    ['/var/lib/dpkgs', false],
    ['/var/lib/comptoir/comptoir.db', false],
    ['/etc/comptoir', false],
    ['/etc/ld.so.cache.d/x', false],
    ['/opt/Comptoir', false],
    ['/var/log/comptoir.log', false],
  ])('%s is the system’s own memory: %s', (path, own) => {
    expect(isBookkeeping({ path, kind: 'added' })).toBe(own)
  })
})

test('Chromium’s own complaints are no lines of the program', () => {
  const text =
    '[175:1123/025542.579587:ERROR:bus.cc(399)] Failed to connect\nRéglages à corriger\n[1] Une ligne\n'
  expect(linesOf(text)).toEqual(['Réglages à corriger', '[1] Une ligne'])
})

describe('A proof', () => {
  test('goes on after what fails, says why, and counts both', async () => {
    const said: string[] = []
    const proof = createProof((line) => said.push(line))
    expect(await proof.that('one', () => Promise.resolve())).toBe(true)
    expect(await proof.that('two', () => Promise.reject(new Error('because\nof this')))).toBe(false)
    expect(said).toEqual(['ok      one', 'FAILED  two: because\n          of this'])
    expect(proof.summary()).toBe('1 proved, 1 failed')
    expect(proof.failed()).toBe(1)
  })

  test('waits for what comes, and names what does not', async () => {
    let looks = 0
    expect(await until('it', () => Promise.resolve(++looks === 2 && 'here'), 5)).toBe('here')
    await expect(until('that one', () => Promise.resolve(null), 0)).rejects.toThrow('that one: not seen')
  })
})
