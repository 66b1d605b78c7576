import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cookieJar, type CookieJar } from './agent.ts'
import { relyingParty } from './relying-party.ts'
import { startSimulator, type Simulator } from './simulator.ts'

let simulator: Simulator
let cookies: CookieJar
let first: string
beforeEach(async () => {
  simulator = await startSimulator()
  cookies = cookieJar()
  const answer = await visit(await relyingParty(simulator).authorizationUrl())
  first = address(answer)
})
afterEach(() => simulator.stop())

async function visit(url: string, fields?: Record<string, string>) {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { Cookie: cookies.header(new URL(url)) },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  cookies.keep(new URL(url), response.headers.getSetCookie())
  return response
}

const address = ({ headers }: Response) => new URL(headers.get('Location') ?? '', simulator.url).href

async function step(means: string) {
  return address(await visit(first, { identity: 'titulaire', means }))
}

describe('the pages of the simulator', () => {
  it('say what they are, and whom they are for', async () => {
    for (const url of [first, await step('CARD'), await step('MOBILE')]) {
      const page = await (await visit(url)).text()
      expect(page).toContain('<strong>Simulateur</strong>')
      expect(page).toContain('value="annuler"')
      expect(page).toContain(url === first ? '«&nbsp;Comptoir&nbsp;»' : 'TEST TITULAIRE')
    }
  })

  it('run no script of theirs, are in no frame, and lead nowhere but on this machine', async () => {
    const { headers } = await visit(first)
    const policy = headers.get('Content-Security-Policy')?.split('; ')
    expect(policy).toEqual([
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "form-action 'self' http://localhost:* https://localhost:*",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
    const style = await fetch(`${simulator.url}/auth/realms/esante-wallet/ressources/style.css`)
    expect(style.headers.get('Content-Type')).toContain('text/css')
  })

  it.each(['', '123', '12345', 'abcd'])('want four digits, not « %s »', async (code) => {
    const response = await visit(await step('CARD'), { code })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Saisissez quatre chiffres.')
  })

  it('show a number of two digits for the phone', async () => {
    expect(await (await visit(await step('MOBILE'))).text()).toMatch(/<output[^>]*>\d\d<\/output>/)
  })

  it('serve only the browser they were made for', async () => {
    cookies = cookieJar()
    const response = await visit(first)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('Identification impossible')
  })
})
