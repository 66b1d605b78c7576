import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeReadOnly, mayMount } from '../storage/testing/mount.ts'
import { usableFolder } from './folders.ts'

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

describe('usableFolder', () => {
  it('keeps a folder that is there, with what it holds', () => {
    writeFileSync(join(place, 'comptoir.db'), '')
    expect(usableFolder(place)).toBe(place)
    expect(statSync(join(place, 'comptoir.db')).isFile()).toBe(true)
  })

  it('creates a folder whose parent is there', () => {
    const folder = join(place, 'data')
    expect(usableFolder(folder)).toBe(folder)
    expect(statSync(folder).isDirectory()).toBe(true)
  })

  it('creates no parents: a disk that is not mounted is not replaced by a folder', () => {
    expectTemporary(usableFolder(join(place, 'disque', 'data')))
    expect(() => statSync(join(place, 'disque'))).toThrow('ENOENT')
  })

  it('gives a temporary folder instead of a file', () => {
    const file = join(place, 'data')
    writeFileSync(file, '')
    expectTemporary(usableFolder(join(file, 'profil')))
    expectTemporary(usableFolder(file))
  })

  it('gives a temporary folder when it may not write, each time another', async (context) => {
    if (process.getuid?.() === 0 && !(await mayMount())) context.skip('root writes everywhere')
    mkdirSync(join(place, 'data'))
    const undo = await makeReadOnly(place)
    try {
      const first = usableFolder(join(place, 'data'))
      const second = usableFolder(join(place, 'nouveau'))
      expect(second).not.toBe(first)
      expectTemporary(first)
      expectTemporary(second)
    } finally {
      await undo()
    }
  })
})
