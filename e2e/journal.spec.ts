import { join } from 'node:path'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { faultsOf } from './support/axe.ts'
import {
  button,
  closeWindow,
  connect,
  give,
  isVisible,
  openDocumentation,
  startWith,
  switchTo,
} from './support/counter.ts'
import { readJournal } from './support/journal.ts'
import {
  detail,
  doneToJournal,
  factIn,
  grid,
  open,
  openJournal,
  rowAt,
  saveAs,
  sentences,
} from './support/journal-page.ts'
import { plain } from './support/main-process.ts'
import { confirm, open as openTeam, openSheet, press, toldDone } from './support/operators-page.ts'
import { locked, story } from './support/story.ts'
import { expect, test, type } from './support/test.ts'
import { run, tamper } from '../electron/journal/testing/tamper.ts'

test.describe('« Journal »', { tag: '@journal' }, () => {
  test('shows what happened newest first, filtered and in detail, by the keyboard; reading it is journalled', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const launcher = await connect(workstation, program, '1')
    await openDocumentation(program, launcher)
    await switchTo(workstation, program, '0')
    const page = await open(program, launcher)
    expect(await sentences(page)).toEqual([
      'Journal ouvert.',
      'Module « Journal » ouvert.',
      expect.stringMatching(/^Session ouverte, jusqu'à \d+ h \d\d\.$/u),
      'Session mise en attente sur ce poste.',
      'Identification réussie par code et mot de passe.',
      "Module « Documentation » masqué : la session n'était plus devant.",
      "Session verrouillée : « Changer d'opérateur ».",
      'Module « Documentation » ouvert.',
      expect.stringMatching(/^Session ouverte/u),
      'Identification réussie par code et mot de passe.',
      expect.stringMatching(/^Comptoir \S+ a démarré\.$/u),
      'Opérateur de la démonstration créé.',
      'Opérateur de la démonstration créé.',
      'Opérateur de la démonstration créé.',
    ])

    // The fifth row, opened and left.
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown'])
      await page.keyboard.press(key)
    await expect(rowAt(page, 4)).toHaveAttribute('aria-selected', 'true')
    await expect(grid(page)).toHaveAttribute(
      'aria-activedescendant',
      (await rowAt(page, 4).getAttribute('id')) ?? '',
    )
    await page.keyboard.press('Enter')
    await expect(detail(page).getByRole('heading')).toBeFocused()
    await expect(detail(page)).toContainText(
      'Identification de TEST TITULAIRE (0) réussie par code et mot de passe.',
    )
    const row = workstation.journal().findLast(({ kind }) => kind === 'identification.succeeded')
    expect(await factIn(page, 'En temps universel')).toBe(row?.at)
    expect(await factIn(page, 'Empreinte')).toBe(row?.hash)
    expect(await factIn(page, 'Poste')).toBe('Poste 1')
    const reference = await factIn(page, 'Référence')
    expect(reference).toBe(row?.reference)
    await button(page, 'Copier la référence').press('Enter')
    await expect(detail(page).getByRole('status')).toHaveText('Copiée')
    expect(await program.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(reference)
    await page.keyboard.press('Escape')
    await expect(grid(page)).toBeFocused()
    await page.keyboard.press('End')
    await expect(rowAt(page, 13)).toHaveAttribute('aria-selected', 'true')

    // By reference, however it is typed.
    await page.getByLabel('Référence').focus()
    await type(page, reference.replace('-', '').toLowerCase())
    await expect.poll(() => sentences(page)).toHaveLength(2)
    await button(page, 'Tout afficher').press('Enter')
    // By module, by family and by kind.
    await page.getByLabel('Module').selectOption('Documentation')
    await expect.poll(() => sentences(page)).toHaveLength(2)
    await button(page, 'Tout afficher').press('Enter')
    await page.getByLabel('Événement').selectOption('Tout : Modules')
    await expect.poll(() => sentences(page)).toHaveLength(3)
    await page.getByLabel('Événement').selectOption('Module masqué')
    await expect
      .poll(() => sentences(page))
      .toEqual(["Module « Documentation » masqué : la session n'était plus devant."])
    await button(page, 'Tout afficher').press('Enter')
    // By days: nothing happened before today.
    await page.getByLabel('Période').selectOption("Aujourd'hui")
    await expect.poll(() => sentences(page)).toHaveLength(14)
    await page.getByLabel('Période').selectOption('Du… au…')
    await page.getByLabel('Du', { exact: true }).press('0')
    await page.getByLabel('Au', { exact: true }).focus()
    await expect(page.getByText('Date incomplète.')).toBeVisible()
    await page.getByLabel('Du', { exact: true }).fill('2020-02-01')
    await expect(page.getByText('Date incomplète.')).toHaveCount(0)
    await page.getByLabel('Au', { exact: true }).fill('2020-01-01')
    await expect(page.getByRole('alert').filter({ hasText: 'La fin est avant le début' })).toBeVisible()
    await page.getByLabel('Au', { exact: true }).fill('2020-02-28')
    await expect(page.getByText('Aucune ligne ne correspond.')).toBeVisible()
    await button(page, 'Tout afficher').press('Enter')
    expect(doneToJournal(workstation)).toEqual(['journal.read 0'])

    // By person, found without accent nor case: that is written, once, before it is shown.
    await page.getByLabel('Opérateur', { exact: true }).focus()
    await type(page, 'patric')
    await expect(page.getByRole('option', { name: 'PATRICIA ADJOINTPHARM (1)' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect.poll(() => sentences(page)).toHaveLength(7)
    await page.getByLabel('Période').selectOption('7 jours')
    await expect.poll(() => sentences(page)).toHaveLength(7)
    await button(page, 'Tout afficher').press('Enter')
    await expect
      .poll(async () => (await sentences(page))[0])
      .toBe('Lignes de PATRICIA ADJOINTPHARM (1) consultées.')

    await program.stop()
    expect(doneToJournal(workstation)).toEqual(['journal.read 0', 'journal.filtered 0 1'])
  })

  test('says that it is sound, then which row was touched, and goes there', async ({ workstation }) => {
    const program = await workstation.start()
    const { page } = await openJournal(workstation, program)
    await button(page, 'Vérifier').press('Enter')
    const told = page.getByRole('status').filter({ hasText: 'Le journal' })
    await expect(told).toContainText('Le journal est intact')
    await expect(told).toContainText('Sans trousseau de clés, une fin coupée ne se verrait pas.')
    await expect(page.getByRole('button', { name: /^Actualiser/u })).toBeVisible()

    tamper(workstation.dataDir, run("update journal set operator_code = '9' where seq = 2"))
    await button(page, 'Vérifier').press('Enter')
    await expect(told).toContainText(
      "Le journal a été altéré : la ligne n° 2 n'est plus celle que Comptoir a écrite.".replaceAll(
        ' :',
        '\u00A0:',
      ),
    )
    await button(page, 'Aller à la ligne').press('Enter')
    await expect(detail(page).getByRole('heading')).toHaveText('Ligne n° 2')
    expect(await factIn(page, 'Opérateur')).toContain('(9)')

    await closeWindow(program, page)
    await program.stop()
    const { rows, verdict } = readJournal(workstation.dataDir)
    expect(verdict).toMatchObject({ ok: false, seq: 2 })
    expect(
      rows
        .filter(({ kind }) => kind === 'journal.verified')
        .map(({ outcome, details }) => [outcome, details]),
    ).toEqual([
      ['done', { by: 'operator', verdict: 'sound', seq: null }],
      ['failed', { by: 'operator', verdict: 'changed', seq: 2 }],
    ])
  })

  test('is exported as a spreadsheet and as lines that can be verified alone', async ({ workstation }) => {
    const program = await workstation.start()
    const { page } = await openJournal(workstation, program)
    const folder = await workstation.emptyFolder()
    const exportTo = async (file: string | null, format: string): Promise<void> => {
      await saveAs(program, file)
      await button(page, 'Exporter').press('Enter')
      await button(page, format).press('Enter')
    }
    const done = page.getByRole('status').filter({ hasText: 'Export terminé' })

    await exportTo(null, 'CSV (tableur)')
    await exportTo(join(folder, 'absent', 'journal.csv'), 'CSV (tableur)')
    await expect(
      page.getByRole('alert').filter({ hasText: "Le fichier journal.csv ne s'est pas écrit." }),
    ).toBeVisible()
    expect(readdirSync(folder)).toEqual([])

    const csv = join(folder, 'journal.csv')
    await exportTo(csv, 'CSV (tableur)')
    await expect(done).toContainText('journal.csv')
    const lines = readFileSync(csv, 'utf8').trim().split('\r\n')
    expect(lines[0]).toContain('numero;date_utc;date_paris')

    const jsonl = join(folder, 'journal.jsonl')
    await exportTo(jsonl, 'JSONL (vérifiable)')
    await expect(done).toContainText('journal.jsonl')
    expect(statSync(jsonl).mode & 0o077).toBe(0)
    await program.stop()
    expect(readdirSync(folder)).toEqual(['journal.csv', 'journal.jsonl'])

    // As anybody could, from the file alone: the text of each row is what was hashed.
    const [, ...written] = readFileSync(jsonl, 'utf8').trim().split('\n')
    let previous = '0'.repeat(64)
    for (const line of written) {
      const { hash, previousHash = previous, row } = JSON.parse(line)
      const text = line.slice(line.indexOf('"row":') + '"row":'.length, -1)
      expect(previousHash).toBe(previous)
      expect(createHash('sha256').update(previous).update(text).digest('hex')).toBe(hash)
      expect(JSON.parse(text)).toEqual(row)
      previous = hash
    }
    const rows = workstation.journal()
    const exports = rows.filter(({ kind }) => kind === 'journal.exported')
    expect(exports.map(({ details }) => details)).toEqual([
      { by: 'operator', format: 'csv', rows: lines.length - 1 },
      { by: 'operator', format: 'jsonl', rows: written.length },
    ])
    expect(rows[written.length - 1]?.hash).toBe(previous)
  })

  test('is printed for a control, with its reason and what proves it', async ({ workstation }) => {
    await workstation.settings((settings) => ({
      ...settings,
      pharmacy: { name: 'PHARMACIE DU TEST', finess: '750000018' },
    }))
    const program = await workstation.start()
    const { page } = await openJournal(workstation, program)
    await page.getByLabel('Événement').selectOption('Tout : Opérateurs')
    await expect.poll(() => sentences(page)).toHaveLength(3)
    await button(page, 'Extrait du journal').press('Enter')
    await expect(page.getByLabel('Motif')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Écrivez le motif de cet extrait.')).toBeVisible()
    await type(page, 'Contrôle ARS')
    await page.keyboard.press('Enter')

    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    const facts = new Map<string, string>()
    for (const line of await page.locator('.extract-facts > div').all()) {
      facts.set(plain(await line.locator('dt').innerText()), plain(await line.locator('dd').innerText()))
    }
    const rows = workstation.journal()
    const extracted = rows.at(-1)
    expect(extracted).toMatchObject({
      kind: 'journal.extracted',
      operatorCode: '0',
      details: { reason: 'Contrôle ARS', rows: 3, from: null, to: null },
    })
    expect(Object.fromEntries(facts)).toMatchObject({
      Officine: 'PHARMACIE DU TEST',
      FINESS: '750000018',
      Poste: 'Poste 1',
      Période: 'tout le journal',
      Filtres: 'Événement : Opérateurs',
      Motif: 'Contrôle ARS',
      'Établi par': 'TEST TITULAIRE (0)',
      Lignes: '3',
      'Première empreinte': `${rows[0]?.hash} (n° 1)`,
      'Dernière empreinte': `${rows[2]?.hash} (n° 3)`,
    })
    expect(facts.get('Le')).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d, heure de Paris \(\d{4}-\S+Z\)$/u)
    expect(facts.get('Vérification')).toMatch(
      /^Le journal est intact : \d+ lignes, de la n° 1 à la n° \d+\./u,
    )
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(4)
    expect(await faultsOf(page)).toEqual([])

    const pages = await program.app.evaluate(async ({ BrowserWindow }) => {
      const shown = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().includes('/journal/'),
      )
      const pdf = await shown?.webContents.printToPDF({ preferCSSPageSize: true })
      return pdf?.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0
    })
    expect(pages).toBe(1)
    await page.keyboard.press('Escape')
    await expect(grid(page)).toBeVisible()
    await program.stop()
    expect(doneToJournal(workstation)).toEqual(['journal.read 0', 'journal.extracted 0 Contrôle ARS 3'])
  })

  test('is refused to who has no right to it, until a titulaire gives it; it hides with its session', async ({
    workstation,
  }) => {
    const { program, launcher } = await startWith(workstation, [])
    await connect(workstation, program, '2')
    await expect(button(launcher, 'Journal')).toHaveAccessibleDescription('Réservé au titulaire')
    await button(launcher, 'Journal').press('Enter')
    const identification = await program.window('identification')
    await give(identification, '2', workstation.passwordOf('2'))
    await expect(
      identification.getByRole('alert').filter({ hasText: 'Cette page est réservée au titulaire' }),
    ).toBeVisible()
    await identification.keyboard.press('Escape')
    await program.gone('identification')
    expect(await program.isShown('journal')).toBe(false)

    await switchTo(workstation, program, '0')
    const team = await openTeam(program, launcher)
    await openSheet(team, 'preparateur', 'TEST PREPARATEUR')
    await press(team, 'Modifier')
    await team.getByLabel('Lire le journal').press('Space')
    await press(team, 'Enregistrer')
    await confirm(team, workstation.passwordOf('0'))
    await toldDone(
      team,
      "La fiche de l'opérateur « 2 » est enregistrée."
        .replaceAll('« ', '«\u00A0')
        .replaceAll(' »', '\u00A0»'),
    )

    await switchTo(workstation, program, '2')
    const page = await open(program, launcher)
    await button(launcher, "Changer d'opérateur").press('Enter')
    const asked = await program.window('identification')
    await expect.poll(() => isVisible(program, page)).toBe(false)
    await asked.keyboard.press('Escape')
    await program.gone('identification')
    await type(launcher, workstation.passwordOf('2'))
    await launcher.keyboard.press('Enter')
    await expect.poll(() => isVisible(program, page)).toBe(true)
    await button(launcher, 'Déconnecter').press('Enter')
    await expect.poll(() => page.isClosed()).toBe(true)
    await program.stop()
    const told = story(workstation)
    expect(told).toContain('identification.refused 2 comptoir:journal role')
    expect(told).toContain(locked.replace(' 1 ', ' 2 '))
    expect(doneToJournal(workstation)).toEqual(['journal.read 2'])
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing in its windows, ${theme}`, async ({ workstation }) => {
      const program = await workstation.start()
      await program.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source
      }, theme)
      const { page } = await openJournal(workstation, program)
      await page.keyboard.press('Home')
      await page.keyboard.press('Enter')
      await expect(detail(page).getByRole('heading')).toBeFocused()
      expect(await faultsOf(page)).toEqual([])
      await page.getByLabel('Opérateur', { exact: true }).press('ArrowDown')
      await expect(page.getByRole('listbox', { name: 'Opérateur' })).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
      await page.keyboard.press('Escape')
      await button(page, 'Exporter').press('Enter')
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.keyboard.press('F1')
      const help = await program.window('help')
      await expect(help.getByRole('heading', { level: 1 })).toHaveText('Ce que prouve le journal')
      expect(await faultsOf(help)).toEqual([])
      await button(help, 'À propos').press('Enter')
      await expect(help.getByText('Ce journal ne sert pas à mesurer le temps de travail.')).toBeVisible()
      expect(await faultsOf(help)).toEqual([])
      await program.stop()
      expect(doneToJournal(workstation)).toEqual(['journal.read 0'])
    })
  }
})
