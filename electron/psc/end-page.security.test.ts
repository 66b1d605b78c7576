import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLoopback, type Loopback } from './loopback.ts'
import { ask } from './testing/ask.ts'
import { freePort } from './testing/ports.ts'
import { pages, registeredOn } from './testing/registered.ts'

const state = 'etat-de-la-demande'

let port: number
let loopback: Loopback | null
beforeEach(async () => {
  port = await freePort()
  loopback = await openLoopback(registeredOn([port]), pages)
  void loopback?.returned(state)
})
afterEach(() => loopback?.close())

const evil = encodeURIComponent('"><script>alert(1)</script><img src=x onerror=alert(1)>')
const requests: readonly [string, number, keyof typeof pages, { path: string; method?: string }][] = [
  ['done', 200, 'done', { path: `/psc/retour?code=${evil}&state=${state}&${evil}=${evil}` }],
  ['failed', 200, 'failed', { path: `/psc/retour?error=${evil}&error_description=${evil}&state=${state}` }],
  ['left', 200, 'left', { path: `/psc/deconnexion?state=${evil}&${evil}` }],
  ['of another state', 400, 'refused', { path: `/psc/retour?code=secret&state=${evil}` }],
  ['of nowhere', 404, 'refused', { path: `/${evil}?code=secret&state=${state}` }],
  ['of another method', 405, 'refused', { path: `/psc/retour?code=secret&state=${state}`, method: 'POST' }],
]

it.each(requests)(
  'the page %s says its words and nothing of the request',
  async (_name, status, page, asked) => {
    const { headers, body, ...answer } = await ask(port, { headers: { Referer: `x${evil}` }, ...asked })
    expect(answer.status).toBe(status)
    const [title, sentence] = pages[page]
    expect(body).toContain(`<title>${title} — Comptoir</title>`)
    expect(body).toContain(`<h1>${title}</h1>\n<p>${sentence}</p>`)
    expect(body).toContain('<html lang="fr">')
    // The page is the same, to the byte, whatever is asked: there is nothing of the request in it.
    expect(body.replace(/<style>[^<]*<\/style>/, '')).not.toMatch(/script|onerror|alert|secret|etat|psc\//)
    expect(body).not.toContain(evil)
    expect(headers.location).toBeUndefined()
    expect(headers['set-cookie']).toBeUndefined()
  },
)

it.each(requests)('the page %s runs nothing, is not kept and sends nothing on', async (...[, , , asked]) => {
  const { headers, body } = await ask(port, asked)
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  expect(headers['access-control-allow-origin']).toBeUndefined()
  const style = /<style>([^<]*)<\/style>/.exec(body)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(String(headers['content-security-policy']).split('; ').sort()).toEqual([
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    `style-src 'sha256-${hash}'`,
  ])
  expect(body).not.toMatch(/<(?:script|img|link|iframe|form|a)\b|style=|https?:/)
})
