import { dismiss, told } from './support/alerts.ts'
import {
  comeIn,
  expectNoQuestion,
  modulePages,
  shownPage,
  startWith,
  tile,
  webModule,
} from './support/counter.ts'
import { onSite, onSiteRows, test } from './support/on-site.ts'
import type { Site } from './support/site.ts'
import { rowOfReference, stopped, story } from './support/story.ts'
import { expect } from './support/test.ts'

const outside = 'module.refused 1 site outside-origins'

test.describe('A page of a module @modules', () => {
  test('whose own address is not allowed does not open', async ({ workstation, site }) => {
    const { program, launcher } = await startWith(workstation, [
      {
        id: 'site',
        label: 'Site',
        access: 'operator',
        launch: { kind: 'window', url: `${site.origin}/`, origins: ['https://exemple.fr'] },
      },
    ])
    await tile(launcher, 'Site').click()
    await comeIn(workstation, program, '1')
    const sentence = await told(launcher, notAllowed(site))
    expect(sentence).toContain("Si elle vous est utile, votre assistance peut l'ajouter dans comptoir.json.")
    await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.refused')
    expect(await modulePages(program)).toBe(0)
    expect(site.visits).toEqual([])
    await program.stop()
    expect(story(workstation)).toEqual([
      ...onSiteRows.slice(0, 2),
      outside,
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('stays on its own addresses, and says what it refuses', async ({ workstation, site, elsewhere }) => {
    const away = `${elsewhere.origin}/ailleurs`
    site.answer({
      '/': {
        body: `<!doctype html><title>Site</title>
          <a id="link" href="${away}">Lien</a> <a id="window" href="${away}" target="_blank">Fenêtre</a>
          <a id="redirection" href="/part">Redirection</a> <a id="own" href="/suite" target="_blank">Suite</a>
          <form method="post" action="${away}"><button id="form">Formulaire</button></form>`,
      },
      '/part': { status: 302, headers: { Location: away } },
    })
    const { program, launcher, page } = await onSite(workstation, site)
    // Playwright's own click would wait for the navigations that are refused.
    const click = (id: string): Promise<void> =>
      page.evaluate((clicked) => document.getElementById(clicked)?.click(), id)
    const refused = ['link', 'window', 'redirection', 'form']
    for (const id of refused) {
      await click(id)
      const sentence = await told(launcher, notAllowed(elsewhere))
      await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.refused')
      expect(await page.evaluate(() => location.pathname)).toBe('/')
      expect(await modulePages(program)).toBe(1)
      await dismiss(launcher)
    }
    // A new window of its own address is the same window.
    await click('own')
    await page.waitForURL(/\/suite$/u)
    expect(await modulePages(program)).toBe(1)
    await program.stop()
    expect(elsewhere.visits).toEqual([])
    expect(story(workstation)).toEqual([
      ...onSiteRows,
      ...refused.map(() => outside),
      'session.ended 1 program-closed',
      'module.left 1 site nobody',
      stopped,
    ])
  })

  // The window stays, never shown, and its tile says « Ouvert »: windows/module-page.ts takes the refusal for a
  // navigation that another one replaced.
  test('that leads elsewhere at once is refused and leaves no window', async ({
    workstation,
    site,
    elsewhere,
  }) => {
    site.answer({ '/': { status: 302, headers: { Location: `${elsewhere.origin}/ailleurs` } } })
    const { program, launcher } = await startWith(workstation, [webModule('site', 'Site', `${site.origin}/`)])
    await tile(launcher, 'Site').click()
    await comeIn(workstation, program, '1')
    await told(launcher, notAllowed(elsewhere))
    await expect.poll(() => modulePages(program)).toBe(0)
    await expect(tile(launcher, 'Site')).not.toHaveAccessibleDescription('Ouvert')
    await expectNoQuestion(program)
    await program.stop()
    expect(elsewhere.visits).toEqual([])
    expect(story(workstation)).toContain('module.left 1 site same-operator')
  })

  // new URL('mailto:…').origin is « null »: windows/module-page.ts.
  test('says which address it refuses when it is no web address', async ({ workstation, site }) => {
    const { program, launcher, page } = await onSite(workstation, site)
    await page.evaluate(() => location.assign('mailto:personne@exemple.fr'))
    expect(await told(launcher, "n'est pas permise sur ce poste.")).not.toContain('null')
    await program.stop()
    expect(story(workstation, ['personne@exemple.fr'])).toContain(outside)
  })

  test('asks nothing of another site', async ({ workstation, site, elsewhere }) => {
    const { program, page } = await onSite(workstation, site)
    const reached = await page.evaluate(async (origin) => {
      const loaded = (element: HTMLElement): Promise<string> =>
        new Promise((resolve) => {
          element.addEventListener('load', () => resolve('loaded'))
          element.addEventListener('error', () => resolve('refused'))
          document.body.append(element)
        })
      return {
        fetch: await fetch(`${origin}/fetch`, { mode: 'no-cors' }).then(
          () => 'loaded',
          () => 'refused',
        ),
        image: await loaded(Object.assign(new Image(), { src: `${origin}/image` })),
        script: await loaded(Object.assign(document.createElement('script'), { src: `${origin}/script` })),
        socket: await new Promise((resolve) => {
          const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`)
          socket.addEventListener('open', () => resolve('loaded'))
          socket.addEventListener('error', () => resolve('refused'))
        }),
        own: await fetch('/own').then(
          () => 'loaded',
          () => 'refused',
        ),
      }
    }, elsewhere.origin)
    expect(reached).toEqual({
      fetch: 'refused',
      image: 'refused',
      script: 'refused',
      socket: 'refused',
      own: 'loaded',
    })
    // A frame tells nobody that it was refused: it is asked for before something that is not, and never comes.
    await page.evaluate(async (origin) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: `${origin}/frame` }))
      navigator.sendBeacon(`${origin}/beacon`)
      await fetch('/after')
    }, elsewhere.origin)
    await program.stop()
    expect(elsewhere.visits).toEqual([])
    expect(site.visits).toContain('/after')
    expect(story(workstation).slice(0, 3)).toEqual(onSiteRows)
  })

  test('has nothing of ours, and no permission', async ({ workstation, site }) => {
    await workstation.settings((settings) => ({
      ...settings,
      modules: [webModule('site', 'Site', `${site.origin}/`, { access: 'none' })],
    }))
    // A camera to refuse: without any, a page is told that there is none.
    const program = await workstation.start({ args: ['--use-fake-device-for-media-stream'] })
    await tile(await program.window('launcher'), 'Site').click()
    const page = await shownPage(program, /^http:\/\/127/u)
    const reached = await page.evaluate(async () => ({
      secure: isSecureContext,
      ours: ['comptoir', 'require', 'process', 'module', 'Buffer', 'electron'].filter(
        (name) => name in globalThis,
      ),
      geolocation: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('done'),
          ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'failed'),
        ),
      ),
      notification: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'done',
        (error: unknown) => (error instanceof Error ? error.name : ''),
      ),
    }))
    expect(reached).toEqual({
      secure: true,
      ours: [],
      geolocation: 'denied',
      notification: 'denied',
      camera: 'NotAllowedError',
    })
    await program.stop()
    expect(story(workstation)).toEqual([
      'module.opened nobody site window',
      'module.left nobody site nobody',
      stopped,
    ])
  })

  // A module's partition has no will-download handler: the system's « save as » opens. windows/module-page.ts.
  test('downloads nothing', async ({ workstation, site }) => {
    site.answer({
      '/': { body: '<!doctype html><title>Site</title><a href="/fichier" download>Fichier</a>' },
      '/fichier': { headers: { 'Content-Disposition': 'attachment; filename=fichier.txt' }, body: 'x' },
    })
    const { program, page } = await onSite(workstation, site)
    const browserWindow = await program.app.browserWindow(page)
    const prevented = browserWindow.evaluate(
      ({ webContents }) =>
        new Promise<boolean>((resolve) => {
          webContents.session.once('will-download', (event: Electron.Event, item: Electron.DownloadItem) => {
            resolve(event.defaultPrevented)
            item.cancel()
          })
        }),
    )
    await page.getByRole('link', { name: 'Fichier' }).click({ noWaitAfter: true })
    expect(await prevented).toBe(true)
    await program.stop()
    expect(story(workstation).slice(0, 3)).toEqual(onSiteRows)
  })
})

function notAllowed({ origin }: Site): string {
  return `«\u00A0Site\u00A0»\u00A0: l'adresse ${origin} n'est pas permise sur ce poste.`
}
