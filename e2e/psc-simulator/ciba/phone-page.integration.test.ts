import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cibaGrant } from '../clients.ts'
import { relyingParty } from '../relying-party.ts'
import { startSimulator, type Simulator } from '../simulator.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator()
})
afterEach(() => simulator.stop())

async function asked(channel: 'CARD' | 'MOBILE') {
  const party = relyingParty(simulator, simulator.credentials.client_secret_post)
  const { body } = await party.ask('backchannel_authentication_endpoint', {
    scope: 'openid scope_all',
    login_hint: '899700261797',
    binding_message: '42',
    channel,
  })
  return () => party.token({ grant_type: cibaGrant, auth_req_id: String(body['auth_req_id']) })
}

describe('the page of the phones', () => {
  const page = async (fields?: Record<string, string>) => {
    const body = fields && { method: 'POST', body: new URLSearchParams(fields) }
    return fetch(simulator.phone.url, body)
  }

  it('renews itself until something is asked, then shows the service, the person and the number', async () => {
    const empty = await page()
    expect(empty.headers.get('Refresh')).toBe('1')
    expect(await empty.text()).toContain('Aucune demande.')
    await asked('MOBILE')
    const answer = await page()
    expect(answer.headers.has('Refresh')).toBe(false)
    const html = await answer.text()
    for (const shown of ['«&nbsp;Comptoir&nbsp;»', 'e-CPS de PATRICIA ADJOINTPHARM', '>42</output>'])
      expect(html).toContain(shown)
  })

  it.each([
    ['valider', 200],
    ['refuser', 400],
  ])('takes « %s »', async (action, status) => {
    const poll = await asked('CARD')
    const html = await (await page()).text()
    expect(html).toContain('Carte CPS de PATRICIA ADJOINTPHARM')
    const request = /name="request" value="([^"]*)"/.exec(html)?.[1] ?? ''
    const after = await page({ request, action })
    expect(after.url).toBe(simulator.phone.url)
    expect(await after.text()).toContain('Aucune demande.')
    expect((await poll()).status).toBe(status)
  })
})
