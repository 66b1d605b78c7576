import { writeFile } from 'node:fs/promises'
import { comptoir } from './program.ts'
import type { Root } from './root.ts'
import { succeeded } from './told.ts'

/** Those who work there: a titulaire made in the window, others from a list. */
export const titulaire = {
  code: '0',
  firstName: 'TEST',
  lastName: 'TITULAIRE',
  password: 'lavande parasol tabouret',
}
/** Their first password is provisional, as any that comes from a list. */
export const preparateur = {
  code: '2',
  password: 'cerise boussole lanterne',
  own: 'cactus violon marmite orage',
}

/** What the list creates, as « operators list --json » has it: code and role. */
const list = `code;nom;prenom;role;motdepasse
${titulaire.code};${titulaire.lastName};${titulaire.firstName};titulaire;${titulaire.password}
${preparateur.code};PREPARATEUR;TEST;préparateur;${preparateur.password}
`

/** Creates both from a list, as an administrator does. */
export async function importOperators(root: Root, lines = list): Promise<void> {
  const file = '/root/equipe.csv'
  await writeFile(root.path(file), lines)
  const words = ['operators', 'import', file]
  succeeded(words, await comptoir(root, words))
}

/** Adds the préparateur to a team that has a titulaire. */
export async function importPreparateur(root: Root): Promise<void> {
  await importOperators(root, list.split('\n').toSpliced(1, 1).join('\n'))
}

/** The journal's rows: their kinds, in their order. An administrator's export, which leaves a row of its own. */
export async function journalKinds(root: Root): Promise<string[]> {
  const file = `/root/journal-${process.hrtime.bigint()}.jsonl`
  const words = ['journal', 'export', '--format', 'jsonl', '--output', file]
  succeeded(words, await comptoir(root, words))
  const rows = await root.must(['cat', file])
  return rows.split('\n').flatMap((line) => {
    const { row }: { row?: { kind: string } } = line === '' ? {} : JSON.parse(line)
    return row === undefined ? [] : [row.kind]
  })
}

/** The team as « operators list --json » tells it. */
export async function team(root: Root): Promise<unknown> {
  const words = ['operators', 'list', '--json']
  return JSON.parse(succeeded(words, await comptoir(root, words)))
}

/** @throws {Error} when the chain of the journal does not hold */
export async function verifyJournal(root: Root): Promise<string> {
  const words = ['journal', 'verify']
  return succeeded(words, await comptoir(root, words)).trim()
}
