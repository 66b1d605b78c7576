import type { Locator, Page } from '@playwright/test'
import { faultsOf } from './support/axe.ts'
import { buttonIn } from './support/card-states.ts'
import { openDetails, reader, test } from './support/card.ts'
import { button } from './support/counter.ts'
import { plain } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { stopped, story } from './support/story.ts'
import { expect, type WrittenSettings, type Workstation } from './support/test.ts'

type WrittenPsc = NonNullable<WrittenSettings['psc']>

/** Nobody answers there. */
const discoveryUrl = 'https://localhost:9/.well-known/wallet-openid-configuration'
const redirectUris = ['http://localhost:50001/Comptoir/Retour/', 'http://localhost:50002/Comptoir/Retour/']
const postLogoutRedirectUris = ['http://localhost:50001/Comptoir/Sortie']

const broker: WrittenPsc = {
  discoveryUrl,
  issuer: 'https://connexion.groupement.example/realms/officines',
  clientId: 'comptoir-officines',
  serviceName: 'Comptoir du groupement',
  redirectUris,
  postLogoutRedirectUris,
  nationalIdClaim: 'rpps',
  acrIsFromPsc: true,
}
const direct: WrittenPsc = {
  discoveryUrl,
  issuer: 'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet',
  clientId: 'comptoir-bas',
  serviceName: 'Comptoir de la pharmacie',
  clientAuthentication: 'tls_client_auth',
  certificateFile: '/etc/comptoir/psc.pem',
  keyFile: '/etc/comptoir/psc.key',
  redirectUris,
  postLogoutRedirectUris,
  ciba: { enabled: true },
}

test.describe('« Fiche de raccordement »', { tag: '@psc' }, () => {
  /** Opens « Aide » by the details of the card. */
  async function openHelp(program: Program, launcher: Page): Promise<Page> {
    const details = await openDetails(launcher, 'Lecteur sans carte')
    await buttonIn(details, 'Aide : la carte et le lecteur').click()
    return program.window('help')
  }

  async function start(
    workstation: Workstation,
    psc: WrittenPsc | null,
    site: { start: () => Promise<{ program: Program; launcher: Page }> },
  ): Promise<{ program: Program; help: Page }> {
    await workstation.settings(({ psc: _demonstration, ...settings }) =>
      psc === null ? settings : { ...settings, psc },
    )
    const { program, launcher } = await site.start()
    return { program, help: await openHelp(program, launcher) }
  }

  for (const [road, psc, expected] of [
    [
      'a broker',
      broker,
      [
        ['Fournisseur', 'connexion.groupement.example'],
        ['Identifiant du client (client_id)', 'comptoir-officines'],
        ['Authentification du client', 'none'],
        ['Flux (grant_types)', 'authorization_code'],
        ['PKCE (code_challenge_method)', 'S256'],
        ['URL de redirection', ...redirectUris],
        ['URL de logout', ...postLogoutRedirectUris],
        ["Attribut de l'identifiant national", 'rpps'],
        [
          "Niveau de l'identification (acr)",
          'Celui de Pro Santé Connect, repris tel quel (psc.acrIsFromPsc).',
        ],
        ['Dénomination', 'Comptoir du groupement'],
      ],
    ],
    [
      'ANS',
      direct,
      [
        ['Environnement', 'Bac à sable (TEST)'],
        ['Vous souhaitez être', 'Fournisseur de service'],
        ['Dénomination', 'Comptoir de la pharmacie'],
        ['URL de redirection', ...redirectUris],
        ['URL de logout', ...postLogoutRedirectUris],
        ['Identifiant du client (client_id)', 'comptoir-bas'],
        ['Authentification du client', 'tls_client_auth'],
        ['Fichiers sur le poste', 'psc.pem', 'psc.key'],
        ['Flux (grant_types)', 'authorization_code', 'urn:openid:params:grant-type:ciba'],
        ['Portée (scope)', 'openid scope_all'],
        ['Niveau (acr_values)', 'eidas1'],
        ['e-CPS sans navigateur (CIBA)', 'Oui, en mode poll, canal MOBILE'],
      ],
    ],
  ] as const) {
    test(`for ${road} has the values of comptoir.json, is copied whole and fits a page`, async ({
      simulated,
      workstation,
    }) => {
      const site = await simulated([])
      site.set(reader('none'))
      const { program, help } = await start(workstation, psc, site)
      await tabTo(help, button(help, 'Fiche de raccordement'))
      await help.keyboard.press('Enter')
      await expect(help.getByRole('heading', { level: 1 })).toHaveText('Fiche de raccordement')
      await expect(button(help, 'Fiche de raccordement')).toHaveAttribute('aria-current', 'page')
      expect(await valuesOf(help, 'Nom')).toEqual(['PHARMACIE DU TEST'])
      for (const [name, ...values] of expected) expect(await valuesOf(help, name), name).toEqual(values)

      await program.app.evaluate(({ clipboard }) => clipboard.writeText('autre chose'))
      await tabTo(help, button(help, 'Copier la fiche'))
      await help.keyboard.press('Enter')
      await expect(help.getByRole('status').filter({ hasText: 'Copiée' })).toBeVisible()
      const copied = plain(await program.app.evaluate(({ clipboard }) => clipboard.readText()))
      const lines = copied.split('\n').map((line) => line.trim())
      expect(lines[0]).toBe('Fiche de raccordement')
      for (const [name, ...values] of expected) {
        const [only, ...others] = values
        if (others.length === 0) expect(lines).toContain(`${name} : ${only}`)
        else expect(lines.slice(lines.indexOf(`${name} :`) + 1)).toEqual(expect.arrayContaining(values))
      }
      expect(copied).not.toContain('/etc/comptoir')
      expect(await pagesOnPaper(program)).toBe(1)
      await program.stop()
      expect(story(workstation)).toEqual([stopped])
    })
  }

  test('without psc says that its values are the defaults', async ({ simulated, workstation }) => {
    const site = await simulated([])
    site.set(reader('none'))
    const { program, help } = await start(workstation, null, site)
    await button(help, 'Fiche de raccordement').click()
    await expect(help.locator('.notice')).toContainText('aucun réglage psc dans comptoir.json')
    expect(await valuesOf(help, 'URL de redirection')).toEqual(
      [43110, 43111, 43112].map((port) => `http://localhost:${port}/psc/retour`),
    )
    expect(await pagesOnPaper(program)).toBe(1)
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing in it nor in the page that leads to it, ${theme}`, async ({
      simulated,
      workstation,
    }) => {
      const site = await simulated([])
      site.set(reader('none'))
      const { program, help } = await start(workstation, broker, site)
      await help.emulateMedia({ colorScheme: theme })
      await button(help, 'Raccorder Pro Santé Connect').click()
      await expect(help.getByRole('heading', { level: 1 })).toHaveText('Raccorder Pro Santé Connect')
      expect(await faultsOf(help)).toEqual([])
      await button(help, 'Ouvrir la fiche de raccordement').click()
      await expect(help.getByRole('heading', { level: 1, name: 'Fiche de raccordement' })).toBeFocused()
      await expect.poll(() => help.evaluate(() => window.scrollY)).toBe(0)
      expect(await faultsOf(help)).toEqual([])
      await program.stop()
      expect(story(workstation)).toEqual([stopped])
    })
  }
})

/** The values of a line of the sheet, each as it is. */
function valuesOf(help: Page, name: string): Promise<string[]> {
  return help
    .locator('.sheet > div')
    .filter({ has: help.locator('dt').filter({ hasText: name }) })
    .first()
    .locator('dd > p:not(.quiet-text)')
    .allInnerTexts()
    .then((values) => values.map(plain))
}

/** How many pages of A4 « Imprimer » would make of it. */
function pagesOnPaper(program: Program): Promise<number> {
  return program.app.evaluate(async ({ BrowserWindow }) => {
    const help = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes('/help/'),
    )
    const pdf = await help?.webContents.printToPDF({ pageSize: 'A4' })
    return pdf?.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0
  })
}

/** Goes there by Tab alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  await expect(target).toBeFocused()
}
