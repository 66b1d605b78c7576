import { readFileSync } from 'node:fs'
import {
  badge,
  button,
  comeIn,
  pidsOf,
  shownPage,
  startWith,
  switchTo,
  tile,
  webModule,
} from './support/counter.ts'
import { test } from './support/on-site.ts'
import { sampleProgram, samplePage, strangeFrame, type Heard } from './support/session-modules.ts'
import { journalled, stopped, story } from './support/story.ts'
import { expect } from './support/test.ts'

test.describe('The session given to modules @modules', () => {
  test('tells a program and a page who is connected, and when they no longer are', async ({
    workstation,
    site,
    elsewhere,
  }) => {
    elsewhere.answer({ '/': { body: strangeFrame } })
    site.answer({ '/': { body: samplePage(`${elsewhere.origin}/`) } })
    const { module: stock, heard } = await sampleProgram(workstation.dataDir)
    const { program, launcher } = await startWith(workstation, [
      stock,
      {
        ...webModule('page', 'Page', `${site.origin}/`),
        session: { claims: ['code', 'role'] },
        launch: { kind: 'window', url: `${site.origin}/`, origins: [site.origin, elsewhere.origin] },
      },
      webModule('autre', 'Autre', `${site.origin}/ailleurs`),
    ])
    await tile(launcher, 'Stock').click()
    await comeIn(workstation, program, '1')
    const names = (of: Heard): string[] => of.map(([name]) => name)
    await expect.poll(() => names(heard()), { timeout: 15_000 }).toEqual(['connected'])
    expect(heard()[0]?.[1]).toMatchObject({
      aud: 'stock',
      code: '1',
      given_name: 'PATRICIA',
      family_name: 'ADJOINTPHARM',
      role: 'adjoint',
      rpps: '99700261797',
      means: 'password',
    })

    // Its environment holds the ticket, its arguments do not: any process of this computer reads those.
    const [pid = 0] = pidsOf(program, 'client-stock.mjs')
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
    const [ticket = '', url = ''] = ['TICKET', 'URL'].map(
      (name) => new RegExp(`COMPTOIR_SESSION_${name}=([^\\0]+)`, 'u').exec(environment)?.[1] ?? '',
    )
    expect([ticket, url]).toEqual([
      expect.stringMatching(/^[\w-]{43}$/u),
      expect.stringMatching(/^http:\/\/127/u),
    ])
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(ticket)

    await tile(launcher, 'Page').click()
    const page = await shownPage(program, /^http:\/\/127\S+\/$/u)
    const pageHeard = (): Promise<Heard> => page.evaluate('window.heard')
    await expect.poll(async () => names(await pageHeard())).toEqual(['connected'])
    const [[, person] = []] = await pageHeard()
    expect(person).toMatchObject({ aud: 'page', code: '1', role: 'adjoint' })
    expect(Object.keys(person ?? {})).not.toEqual(expect.arrayContaining(['rpps']))
    // A frame of another site, although the module may show it, and its worker; and the partition of another module.
    await expect.poll(() => page.evaluate('window.frameSaid')).toBe('refused,refused')
    await tile(launcher, 'Autre').click()
    const other = await shownPage(program, /ailleurs$/u)
    expect(await other.evaluate("fetch('comptoir-session://session/').catch(() => 'refused')")).toBe(
      'refused',
    )

    const both = async (...expected: string[]): Promise<void> => {
      await expect.poll(() => names(heard())).toEqual(expected)
      await expect.poll(async () => names(await pageHeard())).toEqual(expected)
    }
    await switchTo(workstation, program, '2')
    await both('connected', 'locked', 'changed')
    await switchTo(workstation, program, '1')
    await expect(launcher.getByText(badge)).toBeVisible()
    await both('connected', 'locked', 'changed', 'resumed')
    await button(launcher, 'Déconnecter').click()
    await both('connected', 'locked', 'changed', 'resumed', 'ended')

    // Somebody else shows the ticket again: it gives nothing, and nobody keeps what it gave.
    const answer = await fetch(`${url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
    })
    expect([answer.status, await answer.json()]).toEqual([403, { error: 'used-ticket' }])
    // Its last event, then the end of its stream.
    await expect.poll(() => names(heard()).slice(5)).toEqual(['ended', 'ended'])
    await journalled(workstation, 'module.left', 'stock')
    await program.stop()
    const rows = story(workstation, [ticket])
    expect(rows.filter((row) => row.startsWith('module.session'))).toEqual([
      'module.session-given 1 stock',
      'module.session-given 1 page',
      'module.session-refused 1 stock used-ticket',
    ])
    expect(rows.slice(-2)).toEqual(['module.left 1 autre nobody', stopped])
  })
})
