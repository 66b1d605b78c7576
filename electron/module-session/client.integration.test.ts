import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { programClient } from '../../renderer/ui/texts/help/module-session.ts'
import { patricia, workplace, type Workplace } from './testing/workplace.ts'

let folder = ''
let place: Workplace
const clients: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-client-'))
  place = workplace()
  place.session.admit(patricia, { kind: 'password' })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.kill()
  await place.stop()
  rmSync(folder, { recursive: true })
})

/** The client that the help shows, as the program « stock »; what it hears, and the code of its end. */
function run(url: string, ticket: string, source = programClient) {
  const file = join(folder, 'client.mjs')
  const own = `function onSession(name, person) { console.log(name, person === null ? 'nobody' : person.code) }`
  writeFileSync(file, source + own)
  const env = { ...process.env, COMPTOIR_SESSION_URL: url, COMPTOIR_SESSION_TICKET: ticket }
  const client = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  clients.push(client)
  const heard: string[] = []
  createInterface(client.stdout).on('line', (line) => heard.push(line))
  return { heard, exit: once(client, 'exit') }
}

/** A ticket of this module, at the real time: the client has no other clock. */
async function ticketOf(id: string): Promise<{ url: string; ticket: string; close: () => Promise<void> }> {
  place.pass(Date.now() - place.clock.now().getTime())
  place.session.admit(patricia, { kind: 'password' })
  return { ...(await place.listen()), ticket: place.exchange.ticketFor(place.open(id)) }
}

describe('the client that the help shows', () => {
  it('tells who is connected, then that nobody is when Comptoir is suddenly gone', async () => {
    const { url, ticket, close } = await ticketOf('stock')
    const { heard, exit } = run(url, ticket)
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['connected 1'])
    await close()
    expect(await exit).toEqual([0, null])
    expect(heard).toEqual(['connected 1', 'ended nobody'])
  })

  it('takes nobody from a token that is another module’s', async () => {
    const { url, ticket } = await ticketOf('caisse')
    const { heard } = run(url, ticket, programClient.replace('{ ticket, module }', '{ ticket }'))
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['connected nobody'])
  })
})
