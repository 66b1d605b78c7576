import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { exchangeAt, patricia, paul, workplace, type Workplace } from '../module-session/testing/workplace.ts'
import type { Module } from '../modules/module.ts'
import { createModuleSessions, type ModuleSessions } from './module-sessions.ts'

let place: Workplace
let sessions: ModuleSessions
beforeEach(() => {
  place = workplace()
  sessions = createModuleSessions({
    clock: place.clock,
    journal: place.journal,
    session: place.session,
    workstation: () => Promise.resolve('poste'),
    failed: (cause) => place.faults.push(cause),
  })
  place.session.admit(patricia, { kind: 'password' })
})
afterEach(async () => {
  await sessions.close()
  await place.stop()
})

function module(id: string, session: Module['session'] = true): Module {
  const launch: Module['launch'] = { kind: 'program', command: '/bin/true', args: [], leave: 'process' }
  return { id, label: id, access: 'operator', session, launch }
}

/** A program that is opened by who is connected, and what its environment holds. */
async function opened(id = 'stock') {
  const open = sessions.open(module(id), place.session.connected()?.operator ?? null)
  const { COMPTOIR_SESSION_URL: url = '', COMPTOIR_SESSION_TICKET: ticket = '' } =
    (await open?.environment()) ?? {}
  return { url, ticket, close: () => open?.close() }
}
const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/jwks.json`).then(
    ({ ok }) => ok,
    () => false,
  )

describe('a program', () => {
  it('that the settings grant nothing is told nothing', () => {
    expect(sessions.open(module('stock', false), patricia)).toBeNull()
  })

  it('that nobody opened is told nothing, whoever comes later', async () => {
    place.session.end('disconnect')
    const open = sessions.open(module('stock'), null)
    place.session.admit(paul, { kind: 'password' })
    expect(await open?.environment()).toEqual({})
  })

  it('has an address and a ticket, which are good until it ends', async () => {
    const { url, ticket, close } = await opened()
    const answer = await exchangeAt(url, ticket, 'stock')
    expect(answer.status).toBe(200)
    const { url: same, close: closeOther } = await opened('autre')
    expect(same).toBe(url)
    close()
    expect((await exchangeAt(url, ticket)).status).toBe(403)
    closeOther()
    await expect.poll(() => answers(url)).toBe(false)
  })

  it('makes it listen again, elsewhere, once another needs it', async () => {
    const first = await opened()
    first.close()
    await expect.poll(() => answers(first.url)).toBe(false)
    const second = await opened()
    expect(await answers(second.url)).toBe(true)
    expect(second.ticket).not.toBe(first.ticket)
  })

  it('of two that are opened at once has one endpoint', async () => {
    const both = await Promise.all([opened('a'), opened('b')])
    expect(new Set(both.map(({ url }) => url)).size).toBe(1)
    expect(new Set(both.map(({ ticket }) => ticket)).size).toBe(2)
  })

  it('that is being opened while Comptoir closes is told nothing', async () => {
    const opening = opened()
    await sessions.close()
    expect(await opening).toMatchObject({ url: '', ticket: '' })
  })

  it('is told nothing once Comptoir closes, and its stream ends', async () => {
    const { url, ticket } = await opened()
    const { stream } = z.object({ stream: z.string() }).parse(await (await exchangeAt(url, ticket)).json())
    const events = await fetch(`${url}/events`, { headers: { authorization: `Bearer ${stream}` } })
    await sessions.close()
    expect(await events.text()).toMatch(/event: ended\ndata: \{"reason":"closed"\}\n\n$/u)
    expect(await answers(url)).toBe(false)
    expect(await opened('autre')).toMatchObject({ url: '', ticket: '' })
    expect(place.faults).toEqual([])
  })
})
