import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseOptions } from '@node-rs/argon2'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { argon2Parameters } from '../argon2id.ts'
import {
  isCurrent,
  isCode,
  provesInstallation,
  readInstallationCode,
  writeInstallationCode,
  type InstallationCode,
} from './installation-code.ts'

const now = new Date('2026-11-23T08:00:00Z')
const code = 'K7QP-2MXA-93TD'
let folder = ''
/** What `code` was kept as. */
let kept: InstallationCode
beforeAll(async () => {
  const place = await mkdtemp(join(tmpdir(), 'comptoir-code-'))
  await writeInstallationCode(place, code, now)
  kept = (await readInstallationCode(place)) ?? { version: 1, hash: '', until: '' }
  await rm(place, { recursive: true })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-code-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = (): string => join(folder, 'code-titulaire.json')

async function written(): Promise<InstallationCode> {
  await writeInstallationCode(folder, code, now)
  const stored = await readInstallationCode(folder)
  if (stored === null) throw new Error('nothing was written')
  return stored
}

describe('a one-time code', () => {
  it.each([
    ['K7QP-2MXA-93TD', true],
    ['k7qp 2mxa 93td', true],
    ['402913 775608', true],
    ['40291377560', false],
    ['K7QP-2MXA-93T', false],
    ['K7QP-2MXA-93T!', false],
    ['ÉÀÇK7QP2MXA93TD', false],
    ['', false],
    ['K7QP2MXA93TD'.repeat(6), false],
  ])('%s is written as a code: %s', (typed, written) => {
    expect(isCode(typed)).toBe(written)
  })

  it('is kept as its hash alone, that everybody reads, for thirty days', async () => {
    const { hash, until, version } = await written()
    expect(parseOptions(hash)).toMatchObject(argon2Parameters)
    expect({ until, version }).toEqual({ until: '2026-12-23T08:00:00.000Z', version: 1 })
    const text = await readFile(file(), 'utf8')
    for (const part of code.split('-')) expect(text).not.toContain(part)
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o644)
    expect(await readdir(folder)).toEqual(['code-titulaire.json'])
  })

  it('takes the place of the one before it', async () => {
    const first = await written()
    await writeInstallationCode(folder, 'AUTRE-CODE-2026', now)
    const second = await readInstallationCode(folder)
    expect(second?.hash).not.toBe(first.hash)
    expect(second && (await provesInstallation(second, code, now))).toBe(false)
    expect(second && (await provesInstallation(second, 'autrecode2026', now))).toBe(true)
  })

  it('leaves nothing where it cannot be written', async () => {
    await expect(writeInstallationCode(join(folder, 'absent'), code, now)).rejects.toThrow('ENOENT')
    expect(await readInstallationCode(join(folder, 'absent'))).toBeNull()
  })

  it.each(['k7qp2mxa93td', ' K7QP 2MXA 93TD ', 'K7QP\u20112MXA\u201393TD', 'K7QP\u00a02MXA\u202f93TD'])(
    'is « %s » too, as somebody reads it',
    async (typed) => {
      expect(await provesInstallation(kept, typed, now)).toBe(true)
    },
  )

  it.each(['', 'K7QP-2MXA-93T', 'K7QP-2MXA-93TE', 'K7QP-2MXA-93TDD', '7'.repeat(65)])(
    'is not « %s »',
    async (typed) => {
      expect(await provesInstallation(kept, typed, now)).toBe(false)
    },
  )

  it('proves nothing once its days are over', async () => {
    const stored = kept
    const last = new Date('2026-12-23T07:59:59.999Z')
    const over = new Date('2026-12-23T08:00:00Z')
    expect([isCurrent(stored, last), isCurrent(stored, over)]).toEqual([true, false])
    expect(await provesInstallation(stored, code, last)).toBe(true)
    expect(await provesInstallation(stored, code, over)).toBe(false)
  })

  it.each([
    'K7QP-2MXA-93TD',
    '{}',
    '{"version":1,"hash":"K7QP2MXA93TD","until":"2027-01-01T00:00:00Z"}',
    '{"version":2,"hash":"$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA","until":"2027-01-01T00:00:00Z"}',
    '{"version":1,"hash":"$argon2id$","until":"demain"}',
  ])('is none where the file holds %s', async (text) => {
    await writeFile(file(), text)
    expect(await readInstallationCode(folder)).toBeNull()
  })

  it('proves nothing by a hash that is not one', async () => {
    const stored = { version: 1, hash: '$argon2id$broken', until: '2027-01-01T00:00:00Z' } as const
    expect(await provesInstallation(stored, code, now)).toBe(false)
  })
})
