import { readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { searchText } from '../electron/storage/search-text.ts'
import { faultsOf } from './support/axe.ts'
import { button, startWith } from './support/counter.ts'
import { confirm, found, openOperators, openSheet, press, sheet, toldDone } from './support/operators-page.ts'
import type { Program } from './support/program.ts'
import { stopped, story } from './support/story.ts'
import { expect, test, type Workstation } from './support/test.ts'

const header = 'code;nom;prenom;role;rpps;motdepasse'
const secret = 'cactus violon parapluie'

test.describe('Opérateurs, lists @operators', () => {
  test('imports a file, then pasted lines, all or nobody, and exports', async ({ workstation }) => {
    const folder = dirname(workstation.config)
    const { program } = await startWith(workstation, [])
    const { page } = await openOperators(workstation, program)
    await answerDialogs(program, join(folder, 'équipe.csv'), join(folder, 'export.csv'))

    await writeFile(
      join(folder, 'équipe.csv'),
      `${header}\n3;Lefèvre;Aurélie;adjoint;;${secret}\n1;X;Y;roi;;a\n`,
      'latin1',
    )
    await press(page, 'Importer une liste')
    await press(page, 'Choisir un fichier…')
    await expect(page.getByRole('heading', { name: 'Compte rendu' })).toBeFocused()
    await expect(page.getByText('Fichier « équipe.csv » · Windows-1252')).toBeVisible()
    await expect(
      page.getByText('2 personnes lues, 1 ligne à corriger : personne ne sera créé.'),
    ).toBeVisible()
    for (const fault of ['Le rôle doit être', 'Ce code est déjà pris', 'se devine trop facilement']) {
      await expect(page.getByRole('table').getByText(fault)).toBeVisible()
    }
    await expect(button(page, 'Créer les 2 opérateurs')).toHaveCount(0)
    expect(await page.content()).not.toContain(secret)

    await writeFile(join(folder, 'équipe.csv'), `${header}\n3;Lefèvre;Aurélie;adjoint;;${secret}\n`)
    await press(page, 'Lire une autre liste')
    await press(page, 'Choisir un fichier…')
    await press(page, "Créer l'opérateur")
    await confirm(page, workstation.passwordOf('0'))
    await toldDone(page, 'Supprimez le fichier « équipe.csv » : il contient des mots de passe.')
    await expect(found(page, /^4.opérateurs$/u)).toBeVisible()

    await press(page, 'Importer une liste')
    await page
      .getByLabel(/^Ou collez/u)
      .fill(
        `${header}\n4;=1+1;Kit;preparateur;;${secret}\n5;NGUYEN;Mai;apprenti;;${secret}`.replaceAll(
          ';',
          '\t',
        ),
      )
    await press(page, 'Lire ces lignes')
    await press(page, 'Créer les 2 opérateurs')
    await confirm(page, workstation.passwordOf('0'))
    await toldDone(page, '2 opérateurs créés.')
    await press(page, 'Fermer')
    await openSheet(page, 'nguyen', 'MAI NGUYEN')

    await press(page, 'Exporter la liste')
    await toldDone(page, '6 opérateurs dans le fichier « export.csv ».')
    const exported = await readFile(join(folder, 'export.csv'), 'utf8')
    expect(exported).toMatch(/4;"?'=1\+1"?;Kit;/u)
    expect(exported).not.toContain(secret)
    expect((await readdir(folder)).filter((name) => name.includes('en-cours'))).toEqual([])
    await program.stop()
    const rows = story(workstation, [secret, 'équipe.csv'])
    expect(rows.at(-1)).toBe(stopped)
    expect(rows.filter((row) => row.startsWith('operator'))).toEqual([
      'operator.created 0 operator adjoint 3',
      'operators.imported 0 operator 1',
      'operator.created 0 operator preparateur 4',
      'operator.created 0 operator apprenti 5',
      'operators.imported 0 operator 2',
      'operators.exported 0 operator 6',
    ])
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`goes through ten thousand operators by the keyboard, ${theme}`, async ({ workstation }) => {
      addMany(workstation, 10_000)
      const { program } = await startWith(workstation, [])
      const { page } = await openOperators(workstation, program)
      await program.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source
      }, theme)
      const list = page.getByRole('list', { name: 'Opérateurs' })
      const place = list.locator('button:focus')
      await expect(found(page, /^10.003.opérateurs$/u)).toBeVisible()
      await page.keyboard.press('ArrowDown')
      await expect(place).toContainText('PATRICIA ADJOINTPHARM')
      await page.keyboard.press('End')
      await expect(place).toContainText('TEST TITULAIRE')
      await page.keyboard.press('PageUp')
      await expect(place).toContainText(/ÉLODIE ROUX/u)
      expect(await list.getByRole('button').count()).toBeLessThan(60)
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await expect(place).toContainText('ÉLODIE ROUX')
      expect(await faultsOf(page)).toEqual([])
      const name = await place.locator('.team-name').innerText()
      await page.keyboard.press('Enter')
      await expect(sheet(page, name)).toBeFocused()
      expect(await faultsOf(page)).toEqual([])
      await page.keyboard.press('Escape')
      await expect(place).toContainText(name)

      const window = await program.app.browserWindow(page)
      await window.evaluate((shown) => shown.setContentSize(480, 640))
      await openSheet(page, 'ELODIE roux 09999', 'ÉLODIE ROUX 09999')
      await expect(list).toBeHidden()
      await press(page, 'Suspendre')
      expect(await faultsOf(page)).toEqual([])
      await page.keyboard.press('Escape')
      await press(page, 'Retour à la liste')
      await expect(place).toContainText('ÉLODIE ROUX 09999')
      expect(await faultsOf(page)).toEqual([])
      await press(page, 'Nouvel opérateur')
      expect(await faultsOf(page)).toEqual([])
      await program.stop()
      expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
    })
  }
})

/** What the system's dialogs answer, in order of their kind: a file to read, a file to write. */
async function answerDialogs(program: Program, read: string, written: string): Promise<void> {
  await program.app.evaluate(
    ({ dialog }, files) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [files.read] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: files.written })
    },
    { read, written },
  )
}

/** Adds operators of one name and a number, as the program would have written them. */
function addMany({ dataDir }: Workstation, count: number): void {
  const database = new Sqlite(join(dataDir, 'comptoir.db'))
  const like = database
    .prepare<[], Record<string, string | null>>("select * from operator where code = '2'")
    .get()
  if (like === undefined) throw new Error('no operator « 2 »')
  const columns = Object.keys(like)
  const insert = database.prepare(
    `insert into operator (${columns.join()}) values (${columns.map((column) => `@${column}`).join()})`,
  )
  database.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      const digits = String(number).padStart(5, '0')
      const names = { first_name: 'Élodie', last_name: `ROUX ${digits}` }
      const row = { ...like, ...names, id: `many-${digits}`, code: `E${digits}`, rpps: null }
      insert.run({ ...row, search_text: searchText(row) })
    }
  })()
  database.close()
}
