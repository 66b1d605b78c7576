import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeReadOnly, mayMount } from '../storage/testing/mount.ts'
import { privateFolder } from './folders.ts'

let place = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'comptoir-folders-'))
})
afterEach(() => rmSync(place, { recursive: true }))

/** Checks that another folder was given, one that exists in the system's temporary folder, and removes it. */
function expectTemporary(given: string): void {
  expect(dirname(given)).toBe(tmpdir())
  expect(given).not.toContain(place)
  expect(statSync(given).isDirectory()).toBe(true)
  rmSync(given, { recursive: true })
}

describe('privateFolder', () => {
  it('keeps a folder that is there, with what it holds', () => {
    writeFileSync(join(place, 'comptoir.db'), '')
    expect(privateFolder(place)).toBe(place)
    expect(statSync(join(place, 'comptoir.db')).isFile()).toBe(true)
  })

  it('creates a folder whose parent is there', () => {
    const folder = join(place, 'data')
    expect(privateFolder(folder)).toBe(folder)
    expect(statSync(folder).isDirectory()).toBe(true)
  })

  it('creates no parents: a disk that is not mounted is not replaced by a folder', () => {
    expectTemporary(privateFolder(join(place, 'disque', 'data')))
    expect(() => statSync(join(place, 'disque'))).toThrow('ENOENT')
  })

  it('gives a temporary folder instead of a file', () => {
    const file = join(place, 'data')
    writeFileSync(file, '')
    expectTemporary(privateFolder(join(file, 'profil')))
    expectTemporary(privateFolder(file))
  })

  it.runIf(process.platform !== 'win32')('is closed to other accounts, whatever it was', () => {
    const folder = join(place, 'profil')
    expect(statSync(privateFolder(folder)).mode & 0o777).toBe(0o700)
    chmodSync(folder, 0o777)
    expect(privateFolder(folder)).toBe(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it.runIf(process.platform !== 'win32')('gives a temporary folder instead of a link', () => {
    mkdirSync(join(place, 'theirs'))
    symlinkSync(join(place, 'theirs'), join(place, 'profil'))
    expectTemporary(privateFolder(join(place, 'profil')))
    expect(statSync(join(place, 'theirs')).mode & 0o077).not.toBe(0)
  })

  it.runIf(process.getuid?.() === 0)("gives a temporary folder instead of another account's", () => {
    mkdirSync(join(place, 'profil'), { mode: 0o777 })
    chownSync(join(place, 'profil'), 1234, 1234)
    expectTemporary(privateFolder(join(place, 'profil')))
  })

  it('gives a temporary folder when it may not write, each time another', async (context) => {
    if (process.getuid?.() === 0 && !(await mayMount())) context.skip('root writes everywhere')
    mkdirSync(join(place, 'data'))
    const undo = await makeReadOnly(place)
    try {
      const first = privateFolder(join(place, 'data'))
      const second = privateFolder(join(place, 'nouveau'))
      expect(second).not.toBe(first)
      expectTemporary(first)
      expectTemporary(second)
    } finally {
      await undo()
    }
  })
})
