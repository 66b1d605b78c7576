import { globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assistanceCode } from '../diagnostic/assistance-code.ts'
import { checkIds } from '../diagnostic/finding.ts'
import { cardSummaries, databaseSummaries, pscSummaries } from '../diagnostic/states.ts'
import { helpPages, windowRoles } from '../ipc/views.ts'
import { connectionSheetOf } from '../settings/connection-sheet.ts'
import { refusedSwitch } from '../program/refused-switches.ts'
import { installOptions } from '../settings/install-options.ts'
import { settingsSchema } from '../settings/schema.ts'
import { usages } from '../../renderer/ui/texts/cli.ts'
import { commandsHelp } from '../../renderer/ui/texts/help/commands.ts'
import { cardLetters, databaseDigits, looks, pscDigits } from '../../renderer/ui/texts/help/diagnostic.ts'
import { admittedSwitches, refusedSwitches } from '../../renderer/ui/texts/help/install-guards.ts'
import { installerName, optionRows } from '../../renderer/ui/texts/help/install-options.ts'
import { pictureAlt, pictureNames } from '../../renderer/ui/texts/help/pictures.ts'
import { settingsHelp } from '../../renderer/ui/texts/help/settings.ts'
import { articlesOf } from '../../renderer/help/articles.ts'
import { groups } from '../../renderer/help/groups.ts'
import { isPage, linksOf, passagesOf } from '../../renderer/help/passages.ts'

const articles = articlesOf({
  sheet: connectionSheetOf(settingsSchema.parse({})),
  newer: { version: '1.2.3', page: 'https://it.example/comptoir' },
  recording: { months: 12, contact: 'le titulaire' },
})
/** Without the keys of comptoir.json, which are described in its schema. */
const said = (page: (typeof helpPages)[number]): string =>
  passagesOf(page === 'settings' ? settingsHelp([]) : articles[page])
    .map(({ text }) => text)
    .join('\n')
const plain = (text: string): string => text.replaceAll('\u00A0', ' ').replaceAll('’', "'")

describe('the pages of the help', () => {
  it('are all in the list, once each', () => {
    const listed = groups.flatMap(({ pages }) => pages)
    expect([...listed].sort()).toEqual([...helpPages].sort())
  })

  it.each(helpPages)('%s says something, and leads to pages that exist, never to itself', (page) => {
    expect(passagesOf(articles[page]).length).toBeGreaterThan(2)
    for (const link of linksOf(articles[page])) {
      expect(isPage(link), link).toBe(true)
      expect(link).not.toBe(page)
    }
  })

  it.each(helpPages)('%s has no typographic slip, no mark left over, no sentence twice', (page) => {
    const passages = passagesOf(articles[page]).map(({ text }) => text)
    for (const text of passages) {
      expect(text).not.toMatch(/\[\[|[a-z]\]\]|undefined|\$\{|%rotation/u)
      if (!/[{}|\\<>=]|comptoir |--/u.test(text)) expect(text).not.toMatch(/ [:;?!»]|« |[a-z] {2}/u)
    }
    const long = passages.filter((text) => text.length > 60)
    expect(new Set(long).size).toBe(long.length)
  })
})

/** The words of pages and programs that are not Comptoir's. */
const foreign = new Set([
  'Carte CPS',
  'SE CONNECTER AVEC LA CARTE CPS',
  'e-CPS',
  'SE CONNECTER AVEC E-CPS',
  'Diagnostiquer mon poste',
  'AC IGC-SANTE FORT PERSONNES',
  'Sélectionner un certificat',
  'Choisir un certificat à présenter',
  'Cryptolib CPS',
  'RPPS+',
  'API Pro Santé Connect',
  'Fournisseur de service',
  'Entrée',
  'Échap',
  'Verr. Maj',
  'K4-27',
  'Utiliser Pro Santé Connect',
])

const root = join(import.meta.dirname, '../../renderer')
const textFiles = globSync(['ui/texts.ts', 'ui/texts/**/*.ts'], { cwd: root }).filter(
  (file) => !file.endsWith('.test.ts'),
)
const sources = new Map(textFiles.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
const isHelp = (file: string): boolean => file.includes('help/')

describe('the words of the windows', () => {
  const spoken = plain(
    [...sources].flatMap(([file, source]) => (isHelp(file) ? [] : [source])).join('\n'),
  ).replaceAll("\\'", "'")
  const templates = spoken.replaceAll(/\$\{[^}]*\}/gu, '…')

  it.each(helpPages.filter((page) => page !== 'connection-sheet'))(
    'in %s are those of the windows',
    (page) => {
      const quoted = [...plain(said(page)).matchAll(/«\s(?<words>[^»]+?)\s»/gu)].flatMap(
        ({ groups: found }) => found?.['words'] ?? [],
      )
      const unknown = quoted.filter((words) => {
        if (foreign.has(words)) return false
        const bare = words.replace(/(?:\.|…|\.…)$/u, '').replaceAll(/\d+/gu, '…')
        return !spoken.includes(words) && !templates.includes(bare)
      })
      expect(unknown).toEqual([])
    },
  )
})

describe('« Aide (F1) »', () => {
  it.each(windowRoles.filter((role) => role !== 'help'))('is in the window %s', (role) => {
    const files = globSync(`${role}/*.tsx`, { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    )
    expect(files.some((source) => source.includes('<HelpLink'))).toBe(true)
  })
})

describe('numbers and addresses', () => {
  it('are in contacts.ts alone', () => {
    const written = [...sources].flatMap(([file, source]) =>
      isHelp(file)
        ? [
            ...source.matchAll(
              /\b0[\s\u00A0]?\d(?:[\s\u00A0]?\d\d){3,4}|[\w.-]+@[\w-]+\.\w+|\b[\w-]+\.(?:fr|com|org|net)\b/gu,
            ),
          ].map(([found]) => `${file}: ${found}`)
        : [],
    )
    // « 01 99 00 12 34 » is one that nobody has (Arcep, numbers for fiction).
    expect(written.filter((found) => !found.endsWith('01 99 00 12 34'))).toEqual([])
  })
})

/** The code of the states at these places of their lists, without its hyphen. */
function code(card: number, psc: number, database: number): string {
  return assistanceCode({
    card: cardSummaries[card] ?? 'fine',
    psc: pscSummaries[psc] ?? 'available',
    database: databaseSummaries[database] ?? 'fine',
  }).replace('-', '')
}

function isRefused(name: string): boolean {
  return refusedSwitch(['comptoir', `--${name}`], 'linux') !== null
}

describe('what the help says of the program', () => {
  it('has every check, at its number', () => {
    expect(Object.keys(looks)).toEqual(checkIds)
  })

  it('has every state of an assistance code', () => {
    expect(cardLetters.map(([letter]) => letter)).toEqual(
      cardSummaries.map((_, index) => code(index, 0, 0)[0]),
    )
    expect(pscDigits.map(([digits]) => digits)).toEqual(
      pscSummaries.map((_, index) => code(0, index, 0).slice(1, 3)),
    )
    expect(databaseDigits.map(([digit]) => digit)).toEqual(
      databaseSummaries.map((_, index) => code(0, 0, index)[3]),
    )
  })

  it('has every option of the installers, as each spells it, with a value that they take', () => {
    const written = Object.entries(optionRows)
    expect(written.map(([name]) => name)).toEqual(installOptions.map(({ name }) => name))
    for (const { name, installer, check } of installOptions) {
      expect(installerName(name)).toBe(installer)
      expect(check(optionRows[name].example), name).toBe(true)
    }
  })

  it('has every exit code of the Windows installer', () => {
    const script = readFileSync(join(root, '../resources/installer/windows/installer.nsh'), 'utf8')
    const codes = [...script.matchAll(/^!define COMPTOIR_\w+ (?<code>\d+) #/gmu)].flatMap(
      ({ groups: found }) => found?.['code'] ?? [],
    )
    expect(codes.length).toBeGreaterThan(3)
    const told = said('install')
    for (const each of codes) expect(told).toContain(`exe\u00A0— ${each}\u00A0— `)
  })

  it('knows the switches that an installed program refuses, and those that it does not', () => {
    expect(refusedSwitches.filter(isRefused)).toEqual(refusedSwitches)
    expect(admittedSwitches.filter(isRefused)).toEqual([])
  })

  it('has every command', () => {
    const text = passagesOf(commandsHelp)
      .map((passage) => passage.text)
      .join('\n')
    for (const usage of Object.values(usages)) expect(text).toContain(usage)
  })
})

describe('the pictures', () => {
  const folder = join(root, 'help/pictures')
  const names = readdirSync(folder).map((file) => file.replace(/\.png$/u, ''))
  const sizes = names.map((name) => statSync(join(folder, `${name}.png`)).size)

  it('are those that the pages show, each with what it shows', () => {
    const shown = Object.values(articles)
      .flat()
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'picture' ? [block.name] : []))
    expect([...new Set(shown)].sort()).toEqual([...pictureNames].sort())
    expect(names.sort()).toEqual([...pictureNames].sort())
    for (const name of pictureNames) expect(pictureAlt(name).length).toBeGreaterThan(40)
  })

  it('weigh little', () => {
    for (const size of sizes) expect(size).toBeLessThan(60 * 1024)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(700 * 1024)
  })
})
