import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isOnPath } from '../bootstrap/command.mjs'
import { projectNode, root } from '../bootstrap/places.mjs'
import { linkedPackages } from './linked-packages.ts'

const keytar = join(root, 'node_modules/keytar/prebuilds/linux-x64/keytar.node')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(isOnPath('readelf'))('the packages that a program is linked to', () => {
  test('are those of its libraries and of its addons’, the new names of Debian first', async () => {
    mkdirSync(join(folder, 'resources'))
    copyFileSync(keytar, join(folder, 'resources/keytar.node'))
    // keytar 7.10.6 was built against glibc 2.14 and GLib 2.
    await expect(linkedPackages(folder)).resolves.toEqual([
      'libc6 (>= 2.14)',
      'libgcc-s1',
      'libglib2.0-0t64 | libglib2.0-0',
      'libsecret-1-0',
      'libstdc++6',
    ])
  })

  test('say the newest C library that any of them wants', async () => {
    copyFileSync(keytar, join(folder, 'keytar.node'))
    symlinkSync(projectNode, join(folder, 'comptoir'))
    const [libc] = await linkedPackages(folder)
    expect(Number(/^libc6 \(>= 2\.(?<minor>\d+)\)$/u.exec(libc ?? '')?.groups?.['minor'])).toBeGreaterThan(14)
  })

  test('leave out what is shipped beside them', async () => {
    copyFileSync(keytar, join(folder, 'keytar.node'))
    copyFileSync(keytar, join(folder, 'libsecret-1.so.0'))
    await expect(linkedPackages(folder)).resolves.not.toContain('libsecret-1-0')
  })

  test('are not guessed', async () => {
    const musl = createRequire(join(root, 'package.json')).resolve(
      'keytar/prebuilds/linuxmusl-x64/keytar.node',
    )
    copyFileSync(musl, join(folder, 'keytar.node'))
    await expect(linkedPackages(folder)).rejects.toThrow('linked to libc.musl-x86_64.so.1')
  })
})
