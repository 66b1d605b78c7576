import { describe, expect, it } from 'vitest'
import { root } from '../bootstrap/places.mjs'
import { shippedComponents } from './components.ts'
import { closureOf, neededBy, readLock, type Lock, type LockEntry, type Target } from './lock-file.ts'
import { sbomOf } from './sbom.ts'
import { direct, linux, shipped } from './testing/shipped.ts'

/** The names of the packages that are made for one kind of machine. */
function partsOf(target: Target): string[] {
  return shippedComponents({ ...shipped, target })
    .map(({ name }) => name)
    .filter((name) => /^@pcsc-mini|argon2-/u.test(name))
}

function entry(of: Partial<LockEntry> = {}): LockEntry {
  return { version: '1.0.0', dependencies: {}, optionalDependencies: {}, ...of }
}

describe('the list of what is shipped', () => {
  it('has everything that the sources import, the five native packages, and what Electron is made of', () => {
    expect(direct.length).toBeGreaterThan(15)
    const names = new Set(shippedComponents(shipped).map(({ name }) => name))
    // `keytar` is another package's alias.
    for (const name of direct) expect(names, name).toContain(name === 'keytar' ? '@github/keytar' : name)
    for (const name of [
      'better-sqlite3',
      '@node-rs/argon2',
      '@node-rs/argon2-linux-x64-gnu',
      '@pcsc-mini/linux-x86_64-gnu',
      'pcsc-mini',
      'pkcs11js',
      'electron',
      'Chromium',
      'Node.js',
      'V8',
      'SQLite',
    ]) {
      expect(names, name).toContain(name)
    }
  })

  it('has the parts for that machine alone', () => {
    expect(partsOf(linux)).toEqual(['@node-rs/argon2-linux-x64-gnu', '@pcsc-mini/linux-x86_64-gnu'])
    expect(partsOf({ platform: 'win32', arch: 'x64' })).toEqual([
      '@node-rs/argon2-win32-x64-msvc',
      '@pcsc-mini/windows-x86_64-electron',
    ])
    expect(partsOf({ platform: 'darwin', arch: 'arm64' })).toEqual([
      '@node-rs/argon2-darwin-arm64',
      '@pcsc-mini/macos-aarch64',
    ])
  })

  it('refuses a package that the lock file does not know, by its name', () => {
    const bundled = [...shipped.bundled, 'node_modules/left-pad']
    expect(() => shippedComponents({ ...shipped, bundled })).toThrow('node_modules/left-pad')
  })
})

describe('the lock file', () => {
  const lock: Lock = new Map([
    ['node_modules/a', entry({ dependencies: { b: '1' }, optionalDependencies: { absent: '1' } })],
    ['node_modules/b', entry()],
    ['node_modules/a/node_modules/b', entry({ dependencies: { c: '1' } })],
    ['node_modules/c', entry({ os: ['win32'] })],
  ])

  it('finds what a package needs where Node would, and not what such a machine is not given', () => {
    expect(neededBy(lock, 'node_modules/a')).toEqual(['node_modules/a/node_modules/b'])
    expect(neededBy(lock, 'node_modules/a/node_modules/b')).toEqual(['node_modules/c'])
    expect(closureOf(lock, ['node_modules/a'], linux)).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
    ])
  })

  it('has a hash of every package that is shipped on Linux and Windows', () => {
    for (const platform of ['linux', 'win32'] as const) {
      const npm = shippedComponents({ ...shipped, target: { platform, arch: 'x64' } }).filter(({ ref }) =>
        ref.startsWith('pkg:npm/'),
      )
      expect(npm.filter(({ hash }) => hash === null).map(({ name }) => name)).toEqual([])
    }
  })

  it('is that of this checkout', () => {
    expect(readLock(root).get('')?.version).toBe(sbomOf(shipped).metadata.component.version)
  })
})
