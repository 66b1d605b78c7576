import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import {
  badgeOf,
  closeWindow,
  comeIn,
  connect,
  expectNoQuestion,
  give,
  isFocused,
  journalled,
  pastDeafTime,
  pidsOf,
  programModule,
  rowOfReference,
  shownPage,
  startWith,
  story,
  switchTo,
  tile,
  webModule,
} from './support/counter.ts'
import type { Program } from './support/program.ts'
import { serveSite, type Site } from './support/site.ts'
import { expect, test as base, type Workstation, type WrittenModule } from './support/test.ts'

/** `site` is a module's own; `elsewhere` is another origin, which no module may reach. */
const test = base.extend<{ site: Site; elsewhere: Site }>({
  site: async ({}, use) => {
    const site = await serveSite()
    await use(site)
    await site.stop()
  },
  elsewhere: async ({}, use) => {
    const elsewhere = await serveSite()
    await use(elsewhere)
    await elsewhere.stop()
  },
})

const stopped = 'program.stopped nobody'
const cameIn = ['identification.succeeded 1', 'session.connected 1']

/** What the launcher has to say, once it says this. */
async function told(launcher: Page, text: string): Promise<string> {
  const alert = launcher.getByRole('alert').filter({ hasText: text })
  await expect(alert).toHaveCount(1)
  return alert.innerText()
}

async function dismiss(launcher: Page): Promise<void> {
  await launcher.getByRole('button', { name: "J'ai compris" }).click()
  await expect(launcher.getByRole('alert')).toHaveText('')
}

/** The page of a site's module, opened by operator « 1 ». */
async function onSite(
  workstation: Workstation,
  site: Site,
): Promise<{ program: Program; launcher: Page; page: Page }> {
  const { program, launcher } = await startWith(workstation, [webModule('site', 'Site', `${site.origin}/`)])
  await tile(launcher, 'Site').click()
  await comeIn(workstation, program, '1')
  return { program, launcher, page: await shownPage(program, /^http:\/\/127/u) }
}

const onSiteRows = ['identification.succeeded 1 site', 'session.connected 1', 'module.opened 1 site window']
const outside = 'module.refused 1 site outside-origins'

/** How many windows show pages that are not ours. */
function modulePages(program: Program): Promise<number> {
  return program.app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter(({ webContents }) => !webContents.getURL().startsWith('app:'))
        .length,
  )
}

test.describe('A program that does not start @modules', () => {
  test('is told with what to do and a reference, and opens nothing', async ({ workstation }) => {
    const notExecutable = join(workstation.dataDir, 'logiciel.txt')
    await writeFile(notExecutable, 'du texte')
    const { program, launcher } = await startWith(workstation, [
      programModule('absent', 'Absent', '/nulle/part/logiciel'),
      programModule('texte', 'Texte', notExecutable),
      programModule('dossier', 'Dossier', workstation.dataDir),
      programModule('bref', 'Bref', '/bin/false'),
    ])
    const call = 'appelez votre assistance'
    const expected = [
      [
        'Absent',
        '/nulle/part/logiciel est introuvable.',
        `Vérifiez que ce logiciel est installé, ou ${call}.`,
      ],
      [
        'Texte',
        `${notExecutable} n'est pas un programme que ce poste peut lancer.`,
        'Appelez votre assistance.',
      ],
      ['Dossier', "n'est pas un programme que ce poste peut lancer.", 'Appelez votre assistance.'],
    ] as const
    const reasons = ['missing', 'not-executable', 'not-executable', 'ended-at-once']

    await tile(launcher, 'Absent').click()
    await comeIn(workstation, program, '1')
    for (const [label, what, remedy] of expected) {
      if (label !== 'Absent') await tile(launcher, label).click()
      const sentence = await told(launcher, what)
      expect(sentence).toContain(`«\u00A0${label}\u00A0» ne s'ouvre pas\u00A0: `)
      expect(sentence).toContain(remedy)
      await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.failed')
      await expect(tile(launcher, label)).not.toHaveAccessibleDescription('Ouvert')
      await dismiss(launcher)
    }
    await tile(launcher, 'Bref').click()
    const brief = await told(launcher, "«\u00A0Bref\u00A0» s'est arrêté aussitôt ouvert (code 1).")
    expect(brief).toContain(`Réessayez\u00A0; si cela se répète, ${call}.`)
    await expect.poll(() => rowOfReference(workstation, brief)?.module).toBe('bref')
    await expect(tile(launcher, 'Bref')).not.toHaveAccessibleDescription('Ouvert')
    await expectNoQuestion(program)
    await program.stop()

    expect(workstation.journal().flatMap(({ details }) => details['reason'] ?? [])).toEqual([
      ...reasons,
      'program-closed',
    ])
    expect(story(workstation).slice(-4)).toEqual([
      'module.left 1 bref same-operator',
      'module.failed 1 bref ended-at-once',
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

test.describe('A program that is open @modules', () => {
  // `xdotool search --pid N windowactivate` takes « windowactivate » for the pattern: native/window/bring-forward.ts.
  test('comes forward by its tile', async ({ workstation }) => {
    // The demonstration's own: a real window, of another program.
    await workstation.settings((settings) => ({
      ...settings,
      modules: (settings.modules ?? []).filter(({ id }) => id === 'ventes'),
    }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await expect.poll(activeWindow, { timeout: 15_000 }).toBe('Ventes')
    await expect(tile(launcher, 'Ventes')).toHaveAccessibleDescription('Ouvert')
    const [pid = 0, ...more] = pidsOf(program, '--module-label=Ventes')
    try {
      expect(more).toEqual([])
      // With the system's own keys: a window manager gives the focus by the time of what the user last did.
      xdotool('search', '--onlyvisible', '--name', '^Comptoir — ', 'windowactivate')
      await expect.poll(activeWindow).toBe('Comptoir — PHARMACIE DU TEST')
      xdotool('key', 'F2')
      await expect.poll(activeWindow).toBe('Ventes')
      expect(pidsOf(program, '--module-label=Ventes')).toEqual([pid])
      await program.stop()
    } finally {
      process.kill(pid)
    }
    expect(story(workstation)).toEqual([
      'identification.succeeded 1 ventes',
      'session.connected 1',
      'module.opened 1 ventes program',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('in the name of another operator, is refused to the next one', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [
      programModule('ventes', 'Ventes', '/bin/sleep', ['20.3001']),
    ])
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await switchTo(workstation, program, '2')
    await expect(tile(launcher, 'Ventes')).toHaveAccessibleDescription(
      'Ouvert au nom de PATRICIA ADJOINTPHARM',
    )
    await tile(launcher, 'Ventes').click()
    const sentence = await told(
      launcher,
      '«\u00A0Ventes\u00A0» est encore ouvert au nom de PATRICIA ADJOINTPHARM.',
    )
    expect(sentence).toContain('Fermez-le avant de le rouvrir à votre nom.')
    await expect.poll(async () => (await workstation.log()).includes(referenceIn(sentence))).toBe(true)
    const [pid = 0, ...more] = pidsOf(program, '20.3001')
    expect(more).toEqual([])
    await program.stop()
    process.kill(pid)
    expect(story(workstation).filter((row) => row.startsWith('module.'))).toEqual([
      'module.opened 1 ventes program',
    ])
  })

  test('has nothing of ours, and survives us', async ({ workstation }) => {
    await workstation.settings((settings) => ({
      ...settings,
      modules: [programModule('ventes', 'Ventes', '/bin/sleep', ['60.2001'])],
    }))
    const env = { NODE_OPTIONS: '--no-deprecation', ELECTRON_NO_ATTACH_CONSOLE: '1', OFFICINE: 'du test' }
    const program = await workstation.start({ env })
    const launcher = await program.window('launcher')
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await expect(tile(launcher, 'Ventes')).toHaveAccessibleDescription('Ouvert')
    const [pid = 0] = pidsOf(program, '60.2001')
    try {
      const open = readdirSync(`/proc/${pid}/fd`).map((number) => readlinkSync(`/proc/${pid}/fd/${number}`))
      expect(open.length).toBeGreaterThanOrEqual(3)
      expect([...new Set(open)]).toEqual(['/dev/null'])
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((variable) => variable.split('=')[0] ?? '')
      expect(names).toContain('OFFICINE')
      expect(names.filter((name) => /^(?:COMPTOIR_|ELECTRON_|NODE_OPTIONS)/u.test(name))).toEqual([])
      await program.stop()
    } finally {
      // Throws when it has not survived.
      process.kill(pid)
    }
    expect(story(workstation)).toEqual([
      'identification.succeeded 1 ventes',
      'session.connected 1',
      'module.opened 1 ventes program',
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

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

  test('keeps what it remembers of one operator from the others', async ({ workstation, site }) => {
    const { program, launcher, page } = await onSite(workstation, site)
    await page.evaluate(() => {
      document.cookie = 'panier=1'
      localStorage.setItem('panier', '1')
    })
    await closeWindow(program, page)
    const question = await program.window('stay-connected')
    await pastDeafTime(question)
    await question.getByRole('button', { name: 'Rester connecté' }).click()
    await program.gone('stay-connected')

    const remembered = (shown: Page): Promise<string[]> =>
      shown.evaluate(() => [document.cookie, localStorage.getItem('panier') ?? ''])
    await switchTo(workstation, program, '2')
    await tile(launcher, 'Site').click()
    expect(await remembered(await shownPage(program, /^http:\/\/127/u))).toEqual(['', ''])
    await program.stop()
    expect(story(workstation).filter((row) => row.startsWith('module.opened'))).toEqual([
      'module.opened 1 site window',
      'module.opened 2 site window',
    ])
  })

  test('that nobody serves is told, leaves no window and asks nothing', async ({ workstation, site }) => {
    await site.stop()
    const { program, launcher } = await startWith(workstation, [webModule('site', 'Site', `${site.origin}/`)])
    await tile(launcher, 'Site').click()
    await comeIn(workstation, program, '1')
    const sentence = await told(launcher, "«\u00A0Site\u00A0» s'est arrêté avant de répondre.")
    await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.failed')
    await journalled(workstation, 'module.left', 'site')
    await expectNoQuestion(program)
    expect(await modulePages(program)).toBe(0)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      ...onSiteRows,
      'module.failed 1 site page-unreachable',
      'module.left 1 site same-operator',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  // Shown at its first paint, but « loaded » only with its last image: windows/module-page.ts, everLoaded.
  test('that is left while an image still loads asks like any other', async ({ workstation, site }) => {
    site.answer({
      '/': { body: '<!doctype html><h1>Site</h1><img src="/jamais">' },
      '/jamais': { never: true },
    })
    const { program, launcher } = await startWith(workstation, [webModule('site', 'Site', `${site.origin}/`)])
    await tile(launcher, 'Site').click()
    await comeIn(workstation, program, '1')
    await closeWindow(program, await program.modulePage(/^http:\/\/127/u))
    await program.window('stay-connected')
    await program.stop()
    expect(story(workstation)).toContain('module.left 1 site same-operator')
  })

  test('that is open comes forward by its tile', async ({ workstation, site }) => {
    const { program, launcher, page } = await onSite(workstation, site)
    await focus(program, launcher)
    await expect.poll(() => isFocused(program, page)).toBe(false)
    await tile(launcher, 'Site').click()
    await expect.poll(() => isFocused(program, page)).toBe(true)
    expect(await modulePages(program)).toBe(1)
    await program.stop()
    expect(story(workstation)).toEqual([
      ...onSiteRows,
      'session.ended 1 program-closed',
      'module.left 1 site nobody',
      stopped,
    ])
  })
})

test.describe('Who may open a module @modules @login', () => {
  test('a module kept for some roles is refused to the others, and the window waits for another code', async ({
    workstation,
  }) => {
    const planning = webModule('planning', 'Planning', `${workstation.pagesUrl}planning`, {
      roles: ['titulaire', 'adjoint'],
    })
    const coffre = webModule('coffre', 'Coffre', `${workstation.pagesUrl}documentation`, {
      roles: ['titulaire'],
    })
    const { program, launcher } = await startWith(workstation, [planning, coffre])
    await expect(tile(launcher, 'Coffre')).toHaveAccessibleDescription('Réservé au titulaire')
    const reserved = 'Réservé\u00A0: titulaire, pharmacien adjoint'
    await expect(tile(launcher, 'Planning')).toHaveAccessibleDescription(reserved)
    await tile(launcher, 'Planning').click()
    const identification = await program.window('identification')
    await expect(identification.getByText(reserved, { exact: true })).toBeVisible()
    await give(identification, '2', workstation.passwordOf('2'))
    const alert = identification.getByRole('alert').filter({ hasText: 'Réf.' })
    await expect(alert).toContainText(`«\u00A0Planning\u00A0» n'est pas ouvert à votre rôle.`)
    await expect(alert).toContainText('Identifiez-vous avec un autre code, ou annulez.')
    expect(rowOfReference(workstation, await alert.innerText())).toMatchObject({
      kind: 'identification.refused',
      module: 'planning',
      operatorCode: '2',
    })
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()

    await comeIn(workstation, program, '1')
    await shownPage(program, /planning$/u)
    await expect(tile(launcher, 'Planning')).toHaveAccessibleDescription('Ouvert')
    await expect(tile(launcher, 'Coffre')).toHaveAccessibleDescription('Réservé au titulaire')
    await program.stop()
    expect(story(workstation)).toEqual([
      'identification.refused 2 planning role',
      'identification.succeeded 1 planning',
      'session.connected 1',
      'module.opened 1 planning window',
      'session.ended 1 program-closed',
      'module.left 1 planning nobody',
      stopped,
    ])
  })

  test('a module for Pro Santé Connect says that it is not activated here', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [
      {
        id: 'dmp',
        label: 'DMP',
        access: 'psc',
        launch: { kind: 'browser', url: `${workstation.pagesUrl}dmp` },
      },
    ])
    const opened = await recordBrowser(program)
    await expect(tile(launcher, 'DMP')).toHaveAccessibleDescription(/^Pro Santé Connect demandé/u)
    await tile(launcher, 'DMP').click()
    const sentence = await told(
      launcher,
      "«\u00A0DMP\u00A0» demande Pro Santé Connect, qui n'est pas activé sur ce poste.",
    )
    expect(sentence).toContain("Voyez votre assistance pour l'activer.")
    await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.refused')
    expect(await opened()).toEqual([])
    expect(await program.isShown('identification')).toBe(false)
    await program.stop()
    expect(story(workstation)).toEqual(['module.refused nobody dmp means', stopped])
  })

  test('a module for everybody opens with nobody connected', async ({ workstation, site }) => {
    const { program, launcher } = await startWith(workstation, [
      webModule('site', 'Site', `${site.origin}/`, { access: 'none' }),
    ])
    await tile(launcher, 'Site').click()
    const page = await shownPage(program, /^http:\/\/127/u)
    expect(await program.isShown('identification')).toBe(false)
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await closeWindow(program, page)
    await journalled(workstation, 'module.left', 'site')
    await expectNoQuestion(program)
    await program.stop()
    expect(story(workstation)).toEqual([
      'module.opened nobody site window',
      'module.left nobody site nobody',
      stopped,
    ])
    expect(workstation.journal().find(({ kind }) => kind === 'module.opened')).toMatchObject({
      operatorId: null,
      operatorCode: null,
    })
  })
})

test.describe('A module in the system browser @modules', () => {
  const inBrowser = (workstation: Workstation): WrittenModule => ({
    id: 'dossier',
    label: 'Dossier',
    access: 'operator',
    launch: { kind: 'browser', url: `${workstation.pagesUrl}dossier-patient` },
  })

  test('is handed its address, and is never said to be left', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [inBrowser(workstation)])
    const opened = await recordBrowser(program)
    await connect(workstation, program, '1')
    const windows = await modulePages(program)
    await tile(launcher, 'Dossier').click()
    await expect.poll(opened).toEqual([`${workstation.pagesUrl}dossier-patient`])
    await expect(tile(launcher, 'Dossier')).toHaveAccessibleDescription('Ouvre le navigateur')
    await expectNoQuestion(program)
    expect(await modulePages(program)).toBe(windows)
    expect(await opened()).toHaveLength(1)
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      'module.opened 1 dossier browser',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('says when there is no browser', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [inBrowser(workstation)])
    await program.app.evaluate(({ shell }) => {
      shell.openExternal = () => Promise.reject(new Error('no browser'))
    })
    await connect(workstation, program, '1')
    await tile(launcher, 'Dossier').click()
    const sentence = await told(
      launcher,
      "«\u00A0Dossier\u00A0» s'ouvre dans le navigateur, qui ne répond pas.",
    )
    await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.failed')
    await program.stop()
    expect(story(workstation)).toContain('module.failed 1 dossier no-browser')
  })
})

/** Keeps addresses from the system's browser; returns how to know which it would have been handed. */
async function recordBrowser(program: Program): Promise<() => Promise<string[]>> {
  const handed = await program.app.evaluateHandle(({ shell }) => {
    const urls: string[] = []
    shell.openExternal = (url) => {
      urls.push(url)
      return Promise.resolve()
    }
    return urls
  })
  return () => handed.evaluate((urls) => [...urls])
}

async function focus(program: Program, page: Page): Promise<void> {
  const browserWindow = await program.app.browserWindow(page)
  await browserWindow.evaluate((window) => window.focus())
}

/** The title of the window that has the focus, whichever program it belongs to; empty when none has. */
function activeWindow(): string {
  try {
    return xdotool('getactivewindow', 'getwindowname').trim()
  } catch {
    return ''
  }
}

function xdotool(...args: string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

function notAllowed({ origin }: Site): string {
  return `«\u00A0Site\u00A0»\u00A0: l'adresse ${origin} n'est pas permise sur ce poste.`
}

function referenceIn(sentence: string): string {
  return /Réf\. (\S+)/u.exec(sentence)?.[1] ?? 'no reference'
}
