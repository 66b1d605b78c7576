import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UnchainedRow } from './chain.ts'
import { appendKeptRows, keepRows } from './kept-rows.ts'

const row: UnchainedRow = {
  at: '2026-11-22T08:00:00.000Z',
  workstation: 'id-poste',
  operatorId: 'id-1',
  operatorCode: '1',
  kind: 'session.ended',
  outcome: 'done',
  means: 'password',
  module: null,
  reference: null,
  details: { reason: 'program-closed' },
}

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-kept-'))
  file = join(folder, 'rows.json')
})
afterEach(() => rm(folder, { recursive: true }))

describe('rows kept at the end of a run', () => {
  it('are appended by the next one, and forgotten', async () => {
    await keepRows(file, [row, row])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const append = vi.fn(async () => undefined)
    expect(await appendKeptRows(file, append)).toBe(2)
    expect(append).toHaveBeenCalledExactlyOnceWith([row, row])
    expect(await appendKeptRows(file, append)).toBe(0)
  })

  it('stay kept when the database does not take them either', async () => {
    await keepRows(file, [row])
    await expect(appendKeptRows(file, () => Promise.reject(new Error('busy')))).rejects.toThrow('busy')
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([row])
  })

  it.each(['', '[{', '{}', '[{"at":"hier"}]'])(
    'are set aside when they cannot be understood: %s',
    async (text) => {
      await writeFile(file, text)
      const append = vi.fn(async () => undefined)
      expect(await appendKeptRows(file, append)).toBe(0)
      expect(append).not.toHaveBeenCalled()
      expect(await readFile(`${file}.illisible`, 'utf8')).toBe(text)
    },
  )
})
