import { describe, expect, it } from 'vitest'
import { createPasses, isSessionRequest, mayAskSession } from './session-scheme.ts'

const own = 'https://stock.fr'
const origins = [own, 'https://images.stock.fr']
const top = { origin: own }
const asking = { webContentsId: 7, resourceType: 'xhr', frame: { origin: own, top } }
const mayAsk = (changed: Partial<Parameters<typeof mayAskSession>[0]>): boolean =>
  mayAskSession({ ...asking, ...changed }, 7, origins)

describe('the session of a module', () => {
  it('may be asked for by its page, and by a frame of the same origin in it', () => {
    expect(mayAsk({})).toBe(true)
    expect(mayAsk({ frame: { origin: own, top } })).toBe(true)
  })

  it.each([
    ['another page of the partition', { webContentsId: 8 }],
    ['no page at all (a service worker)', { webContentsId: undefined, frame: undefined }],
    ['a frame that is gone', { frame: null }],
    ['a frame of another site', { frame: { origin: 'https://autre.fr', top } }],
    ['a frame of another origin of the module', { frame: { origin: 'https://images.stock.fr', top } }],
    ['a sandboxed frame', { frame: { origin: 'null', top } }],
    [
      'the module’s page in a frame of another',
      { frame: { origin: own, top: { origin: 'https://autre.fr' } } },
    ],
    [
      'a page that has moved to another site',
      { frame: { origin: 'https://autre.fr', top: { origin: 'https://autre.fr' } } },
    ],
    ['a navigation', { resourceType: 'mainFrame' }],
    ['a frame’s address', { resourceType: 'subFrame' }],
    ['a picture', { resourceType: 'image' }],
    ['a script', { resourceType: 'script' }],
  ])('is not told to %s', (_who, changed) => {
    expect(mayAsk(changed)).toBe(false)
  })

  it('is answered once for each request that was let through, and for no other', () => {
    const { letThrough, spend } = createPasses()
    const events = 'comptoir-session://session/events'
    const { redirectURL = '' } = letThrough(events)
    expect(redirectURL).toMatch(/^comptoir-session:\/\/session\/events\?[\w-]{43}$/u)
    expect(letThrough(redirectURL)).toEqual({})
    expect([spend(events), spend(`${events}?`), spend(`${events}?${'A'.repeat(43)}`)]).toEqual([
      null,
      null,
      null,
    ])
    expect([spend(redirectURL), spend(redirectURL)]).toEqual([events, null])
    // A source of events comes back by the address at which it was answered.
    const again = letThrough(redirectURL).redirectURL ?? ''
    expect([again === redirectURL, spend(again)]).toEqual([false, events])
  })

  it('keeps few passes of what is given up, the last ones', () => {
    const { letThrough, spend } = createPasses()
    const given = Array.from(
      { length: 100 },
      () => letThrough('comptoir-session://session/').redirectURL ?? '',
    )
    expect(given.filter((url) => spend(url) !== null)).toEqual(given.slice(-64))
  })

  it('is asked for by its scheme alone', () => {
    expect(isSessionRequest('comptoir-session://session/')).toBe(true)
    for (const url of ['comptoir-sessions://x', 'https://comptoir-session:1/', 'app://comptoir-session:']) {
      expect(isSessionRequest(url)).toBe(false)
    }
  })
})
