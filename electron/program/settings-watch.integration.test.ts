import { appendFile, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settingsSchema } from '../settings/schema.ts'
import { createLiveSettings } from './live-settings.ts'
import { watchSettings, type SettingsNews, type SettingsWatch } from './settings-watch.ts'

const pace = { settle: 40, confirm: 120, poll: 60_000 }

let folder = ''
let file = ''
let watching: SettingsWatch | null = null
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-watch-'))
  file = join(folder, 'comptoir.json')
})
afterEach(async () => {
  watching?.stop()
  watching = null
  await rm(folder, { recursive: true, force: true })
})

const phone = (number: string): string => JSON.stringify({ support: { phone: number } })

/** Watches the file, which has the phone number 1, and tells what came of it. */
async function watch({ file: watched = file, poll = pace.poll, first = phone('1') } = {}) {
  if (first !== '') await writeFile(watched, first)
  const live = createLiveSettings(settingsSchema.parse(first === '' ? {} : JSON.parse(first)))
  const news: SettingsNews[] = []
  watching = watchSettings({
    file: watched,
    edition: 'installed',
    live,
    told: (told) => news.push(told),
    pace: { ...pace, poll },
  })
  // The first look has been taken.
  await sleep(pace.settle * 3)
  expect(news).toEqual([])
  return { news, phoneNow: () => live.settings.support.phone }
}

const changed = { kind: 'changed', applied: ['support.phone'], pending: [] }
/** Until so many things were told; then nothing more comes. */
async function told(news: readonly SettingsNews[], count: number): Promise<void> {
  await vi.waitFor(() => expect(news).toHaveLength(count), { timeout: 5000, interval: 10 })
  await sleep(pace.settle + pace.confirm * 2)
  expect(news).toHaveLength(count)
}

describe('comptoir.json while Comptoir runs', () => {
  it('is followed when it is written over, and when an editor replaces it, each time once', async () => {
    const { news, phoneNow } = await watch()
    await writeFile(file, phone('2'))
    await told(news, 1)
    expect(phoneNow()).toBe('2')
    await writeFile(`${file}.tmp`, phone('3'))
    await rename(file, `${file}.bak`)
    await rename(`${file}.tmp`, file)
    await told(news, 2)
    expect(phoneNow()).toBe('3')
    expect(news).toEqual([changed, changed])
  })

  it('is followed when it comes where there was none', async () => {
    const { news, phoneNow } = await watch({ first: '' })
    await writeFile(file, phone('2'))
    await told(news, 1)
    expect([phoneNow(), news]).toEqual(['2', [changed]])
  })

  it('is told of once it is whole: an editor that writes slowly makes no fault', async () => {
    const { news, phoneNow } = await watch()
    const text = JSON.stringify({ support: { phone: '2' }, pharmacy: { name: 'B' } }, null, 2)
    await writeFile(file, '')
    for (let at = 0; at < text.length; at += 12) {
      await appendFile(file, text.slice(at, at + 12))
      await sleep(pace.confirm * 0.7)
    }
    await told(news, 1)
    expect(news).toMatchObject([{ kind: 'changed', applied: ['pharmacy.name', 'support.phone'] }])
    expect(phoneNow()).toBe('2')
  })

  it('changes nothing while it is faulty, is told once, and again once it is mended', async () => {
    const { news, phoneNow } = await watch()
    await writeFile(
      file,
      JSON.stringify({ support: { phone: '2' }, pharmacie: {}, session: { maxHours: 0 } }),
    )
    await told(news, 1)
    expect(news).toMatchObject([
      { kind: 'faulty', faults: [{ where: 'pharmacie' }, { where: 'session.maxHours' }] },
    ])
    expect(phoneNow()).toBe('1')
    await utimes(file, new Date(), new Date())
    await told(news, 1)
    await writeFile(file, phone('1'))
    await told(news, 2)
    await writeFile(file, phone('2'))
    await told(news, 3)
    expect(news.slice(1)).toEqual([{ kind: 'mended' }, changed])
    expect(phoneNow()).toBe('2')
  })

  it('keeps what holds when it is deleted, and says so', async () => {
    const { news, phoneNow } = await watch()
    await rm(file)
    await told(news, 1)
    expect([phoneNow(), news]).toEqual(['1', [{ kind: 'gone' }]])
    await writeFile(file, phone('1'))
    await told(news, 2)
    expect(news.at(-1)).toEqual({ kind: 'mended' })
  })

  it('does not listen to other files, nor to a change that changes nothing', async () => {
    const { news } = await watch()
    await writeFile(join(folder, 'autre.json'), '{')
    await writeFile(file, JSON.stringify({ $schema: 'a', support: { phone: '1' } }, null, 2))
    await told(news, 0)
  })

  it('is looked at now and then where nothing is told: a folder that is not there yet, a link', async () => {
    const elsewhere = join(folder, 'ailleurs')
    const { news, phoneNow } = await watch({ file: join(elsewhere, 'comptoir.json'), poll: 100, first: '' })
    await mkdir(elsewhere)
    await writeFile(join(elsewhere, 'vrai.json'), phone('2'))
    await symlink('vrai.json', join(elsewhere, 'comptoir.json'))
    await told(news, 1)
    await sleep(30)
    await writeFile(join(elsewhere, 'vrai.json'), phone('34'))
    await told(news, 2)
    expect([phoneNow(), news]).toEqual(['34', [changed, changed]])
    await rm(elsewhere, { recursive: true })
    await told(news, 3)
    expect(news.at(-1)).toEqual({ kind: 'gone' })
  })

  it('is left alone once the program stops', async () => {
    const { news } = await watch({ poll: 50 })
    await writeFile(file, '{')
    await sleep(pace.settle + 20)
    watching?.stop()
    await writeFile(file, phone('2'))
    await told(news, 0)
  })
})
