import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { buffer } from 'node:stream/consumers'
import { systemClock as clock } from '../../electron/clock.ts'
import { createJournal } from '../../electron/journal/journal.ts'
import type { Module } from '../../electron/modules/module.ts'
import type { Operator } from '../../electron/operators/operator.ts'
import { createModuleSessions } from '../../electron/program/module-sessions.ts'
import { createOperatorSession } from '../../electron/session/operator-session.ts'
import { openStorage } from '../../electron/storage/open.ts'
import { readWorkstation } from '../../electron/storage/workstation.ts'

const operator: Operator = {
  id: 'banc',
  code: '1',
  firstName: 'PATRICIA',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: { kind: 'rpps', digits: '99700261797' },
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}
const module: Module = {
  id: 'stock',
  label: 'Stock',
  access: 'operator',
  session: true,
  launch: { kind: 'program', command: '/bin/true', args: [], leave: 'process' },
}

/**
 * How long each of `times` exchanges of a ticket takes, in milliseconds, each by a connection of its own: from the
 * program's connection to its token, the journal's row on the disk between them. A database is made in `folder`.
 */
export async function measureTicketExchange(folder: string, times: number): Promise<number[]> {
  await mkdir(folder, { recursive: true })
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir: folder, clock })
  const { id } = await readWorkstation(storage)
  const journal = createJournal({ storage, clock, workstation: id })
  const session = createOperatorSession({ clock, journal, maxHours: () => 4 })
  const faults: unknown[] = []
  const sessions = createModuleSessions({
    clock,
    journal,
    session,
    workstation: () => Promise.resolve(id),
    failed: (cause) => faults.push(cause),
  })
  session.admit(operator, { kind: 'password' })
  // One stays open, so that the endpoint does.
  await sessions.open(module, operator)?.environment()
  const measures: number[] = []
  // The first one loads what signs.
  for (let time = 0; time <= times; time += 1) {
    const opened = sessions.open(module, operator)
    const { COMPTOIR_SESSION_URL: url = '', COMPTOIR_SESSION_TICKET: ticket = '' } =
      (await opened?.environment()) ?? {}
    const before = performance.now()
    await exchange(url, ticket)
    if (time > 0) measures.push(performance.now() - before)
    opened?.close()
  }
  session.end('program-closed')
  await sessions.close()
  await journal.flush(1000)
  await storage.close()
  if (faults.length > 0) throw new AggregateError(faults, 'a ticket was not exchanged')
  return measures
}

async function exchange(url: string, ticket: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const sent = request(`${url}/session`, { method: 'POST', headers, agent: false })
  sent.end(JSON.stringify({ ticket }))
  const [response] = await once(sent, 'response')
  const answer = await buffer(response)
  if (response.statusCode !== 200) throw new Error(answer.toString())
}
