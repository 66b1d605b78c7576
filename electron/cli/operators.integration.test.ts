import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import { verifyPassword } from '../identification/password.ts'
import type { OperatorReference } from '../journal/kinds.ts'
import { account, createInstallation, password, type Installation } from './testing/installation.ts'

const adjoint = '2;MARTIN;CLAIRE;adjoint;99700218897;girafe tunnel moutarde'
const preparateur = '3;PETIT;LÉA;preparateur;;tabouret horloge cactus'
const header = 'code;nom;prenom;role;rpps;motdepasse'
const hidden = ['girafe tunnel moutarde', 'tabouret horloge cactus']
/** By this OS account, where nobody else was asked. */
const by = { by: 'command', osAccount: account, authorisedBy: null }

let comptoir: Installation
let team: Record<'0' | '1', OperatorReference>
let file = ''
beforeEach(async () => {
  comptoir = await createInstallation(openKeychain(), hidden)
  team = await comptoir.addTeam()
  file = join(comptoir.folder, 'équipe.csv')
})
afterEach(() => comptoir.remove())

const codes = () =>
  comptoir.sql<{ code: string }>('select code from operator order by code').map(({ code }) => code)

describe('operators import', () => {
  it('creates everybody, with provisional passwords, and says to delete the file', async () => {
    await writeFile(file, `${header}\n${adjoint}\n${preparateur}\n`)
    expect(await comptoir.run(['operators', 'import', file])).toEqual({
      code: 0,
      out: [
        expect.stringMatching(/^Ligne 2 \(2\) : .*MARTIN.*adjoint, 99700218897\./u),
        expect.stringMatching(/^Ligne 3 \(3\) : .*PETIT, preparateur\.$/u),
        '2 opérateurs créés.',
        `Supprimez le fichier « ${file} » : il contient des mots de passe.`,
      ],
      errors: [],
    })
    expect(comptoir.sql('select code, provisional from operator where code > 1')).toEqual([
      { code: '2', provisional: 1 },
      { code: '3', provisional: 1 },
    ])
    expect(comptoir.rows()).toEqual([
      ['operator.created', 'done', expect.objectContaining({ ...by, role: 'adjoint' })],
      ['operator.created', 'done', expect.objectContaining({ ...by, role: 'preparateur' })],
      ['operators.imported', 'done', { ...by, created: 2 }],
    ])
  })

  it('creates nobody when one line is wrong, or when it is a dry run', async () => {
    await writeFile(file, `${header}\n${adjoint}\n`)
    const dry = await comptoir.run(['operators', 'import', '--dry-run', file])
    expect(dry).toMatchObject({ code: 0, errors: [] })
    expect(dry.out.slice(1)).toEqual([
      "Essai : 1 opérateur serait créé, il ne l'est pas.",
      expect.stringMatching(/^Supprimez/u),
    ])

    await writeFile(file, `${header}\n${adjoint}\n1;PETIT;LÉA;vendeur;;azerty\n`)
    for (const option of [[], ['--dry-run']]) {
      expect(await comptoir.run(['operators', 'import', file, ...option])).toEqual({
        code: 1,
        out: [expect.stringMatching(/^Ligne 2 \(2\) : /u)],
        errors: [
          expect.stringMatching(/^Ligne 3 \(1\) : Le rôle doit être/u),
          expect.stringMatching(/^Ligne 3 \(1\) : Ce code est déjà pris/u),
          expect.stringMatching(/^Ligne 3 \(1\) : Le mot de passe se devine/u),
          expect.stringMatching(/1 ligne à corriger : personne ne sera créé\.$/u),
        ],
      })
    }
    expect(codes()).toEqual(['0', '1'])
    expect(comptoir.rows()).toEqual([])
  })

  it('says why a list cannot be read at all', async () => {
    expect(await comptoir.run(['operators', 'import', file])).toEqual({
      code: 74,
      out: [],
      errors: [expect.stringContaining(`Le fichier ${file} ne se lit pas.`)],
    })
    await writeFile(file, 'nom,prenom\nMARTIN,CLAIRE\n')
    expect(await comptoir.run(['operators', 'import', file])).toEqual({
      code: 1,
      out: [],
      errors: [expect.stringMatching(/La première ligne doit nommer les colonnes/u)],
    })
    expect(comptoir.rows()).toEqual([])
  })
})

describe('operators list', () => {
  it('tells the team to a program, under names that do not change', async () => {
    await writeFile(file, `${header}\n${adjoint}\n`)
    await comptoir.run(['operators', 'import', file])
    const { code, out, errors } = await comptoir.run('operators list --json')
    expect([code, errors]).toEqual([0, []])
    const ordinary = { rpps: null, du: null, au: null, suspendu: false, bloque: false, provisoire: false }
    const listed: unknown = JSON.parse(out.join('\n'))
    expect(listed).toHaveLength(3)
    expect(listed).toEqual(
      expect.arrayContaining([
        { ...ordinary, code: '0', nom: 'titulaire', prenom: 'Test', role: 'titulaire' },
        {
          ...ordinary,
          code: '2',
          nom: 'MARTIN',
          prenom: 'CLAIRE',
          role: 'adjoint',
          rpps: '99700218897',
          provisoire: true,
        },
      ]),
    )
    expect(comptoir.rows().at(-1)).toEqual(['operators.exported', 'done', { ...by, operators: 3 }])
  })

  it('tells it in columns to somebody', async () => {
    const { code, out } = await comptoir.run('operators list')
    expect(code).toBe(0)
    expect(out).toEqual([
      'CODE  NOM        PRÉNOM  RÔLE       RPPS  À SAVOIR',
      '1     adjoint    Test    adjoint    -',
      '0     titulaire  Test    titulaire  -',
      '2 opérateurs.',
    ])
  })
})

/** Ten errors on the code « 1 ». */
function block(): Promise<void> {
  return comptoir.withRecords(async ({ storage, throttle }) => {
    for (let error = 1; error <= 10; error += 1) {
      await storage.write((trx) => throttle.recordFailure(trx, '1'))
    }
    expect(await throttle.verdict('1')).toMatchObject({ kind: 'blocked' })
  })
}

describe('operators unblock and reset-password', () => {
  it('lifts the block of a code', async () => {
    await block()
    expect((await comptoir.run('operators list')).out[1]).toMatch(/code bloqué$/u)

    expect(await comptoir.run('operators unblock 1')).toEqual({
      code: 0,
      out: ['Le code « 1 » est débloqué.'],
      errors: [],
    })
    await comptoir.withRecords(async ({ throttle }) => {
      expect(await throttle.verdict('1')).toEqual({ kind: 'free' })
    })
    expect(comptoir.rows().at(-1)).toEqual(['operator.unblocked', 'done', { ...by, target: team['1'] }])
  })

  it('says so of a code that is not blocked, and writes nothing', async () => {
    expect(await comptoir.run('operators unblock 1')).toEqual({
      code: 0,
      out: ["Le code « 1 » n'était pas bloqué."],
      errors: [],
    })
    expect(comptoir.rows()).toEqual([])
  })

  it('gives a provisional password, once', async () => {
    const { code, out, errors } = await comptoir.run('operators reset-password 1')
    expect([code, errors]).toEqual([0, []])
    expect(out).toEqual([expect.stringMatching(/^[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}$/u)])
    await comptoir.withRecords(async ({ operators }) => {
      const hash = (await operators.passwordHashOf(team['1'].id)) ?? ''
      expect(await verifyPassword(hash, out[0] ?? '')).toBe(true)
      expect(await operators.isProvisional(team['1'].id)).toBe(true)
    })
    expect(comptoir.rows()).toEqual([['operator.password-reset', 'done', { ...by, target: team['1'] }]])
  })

  it.each(['operators unblock 9', 'operators reset-password trop-long'])('%s: nobody', async (words) => {
    expect(await comptoir.run(words)).toEqual({
      code: 1,
      out: [],
      errors: [expect.stringMatching(/^Aucun opérateur n'a le code « /u)],
    })
    expect(comptoir.rows()).toEqual([])
  })
})

it.each([
  'operators import',
  'operators import a.csv b.csv',
  'operators import a.csv --force',
  'operators list --csv',
  'operators list extra',
  'operators unblock',
  'operators unblock 1 2',
  'operators reset-password',
])('%s: 64, and how it is written', async (words) => {
  const name = words.split(' ').slice(0, 2).join(' ')
  expect(await comptoir.run(words)).toEqual({
    code: 64,
    out: [],
    errors: [expect.stringContaining(`Cette commande s'écrit : comptoir ${name}`)],
  })
})

describe('an installed program', () => {
  const installed = true

  it('lets an administrator', async () => {
    expect(await comptoir.run('operators unblock 1', { input: null, installed })).toMatchObject({ code: 0 })
    expect(await comptoir.run('operators list --json', { input: null, installed })).toMatchObject({ code: 0 })
    expect(comptoir.rows().at(-1)).toEqual(['operators.exported', 'done', { ...by, operators: 2 }])
  })

  describe('asks anybody else for a titulaire', () => {
    const credentials = `0\n${password}\n`
    beforeEach(async () => {
      await writeFile(file, `${header}\n${adjoint}\n`)
      await comptoir.loseRights()
    })

    it('whose code and password are on standard input, and whom the journal names', async () => {
      const asked = { input: credentials, installed }
      await block()
      for (const words of [
        ['operators', 'import', file],
        ['operators', 'list'],
        ['operators', 'unblock', '1'],
        ['operators', 'reset-password', '1'],
      ]) {
        expect(await comptoir.run(words, asked), words.join(' ')).toMatchObject({ code: 0, errors: [] })
      }
      const byTitulaire = { ...by, authorisedBy: team['0'] }
      const kinds = comptoir.rows().map(([kind, , details]) => {
        expect(details).toMatchObject(byTitulaire)
        return kind
      })
      expect(kinds).toEqual([
        'operator.created',
        'operators.imported',
        'operators.exported',
        'operator.unblocked',
        'operator.password-reset',
      ])
    })

    it('also for a dry run, which tells what codes are taken', async () => {
      const words = ['operators', 'import', '--dry-run', file]
      expect(await comptoir.run(words, { input: null, installed })).toMatchObject({ code: 64, out: [] })
      const input = `0\n${password}\n`
      expect(await comptoir.run(words, { input, installed })).toMatchObject({ code: 0 })
      expect(comptoir.rows()).toEqual([])
    })

    it.each<[what: string, input: string | null, code: number, says: RegExp, reason: string | null]>([
      ['nobody', '', 1, /un administrateur, ou un titulaire/u, null],
      ['a keyboard', null, 64, /un administrateur, ou un titulaire/u, null],
      ['a wrong password', '0\nfaux\n', 1, /incorrect/u, 'wrong-credentials'],
      ['an unknown code', `77\n${password}\n`, 1, /incorrect/u, 'wrong-credentials'],
      ['somebody else', `1\n${password}\n`, 1, /titulaire/u, 'role'],
    ])('and refuses %s', async (_, input, code, says, reason) => {
      for (const words of [
        ['operators', 'import', file],
        ['operators', 'list', '--json'],
        ['operators', 'unblock', '1'],
        ['operators', 'reset-password', '9'],
      ]) {
        expect(await comptoir.run(words, { input, installed }), words.join(' ')).toEqual({
          code,
          out: words[1] === 'import' && reason !== null ? [expect.stringMatching(/^Ligne 2/u)] : [],
          errors: [expect.stringMatching(says)],
        })
      }
      expect(codes()).toEqual(['0', '1'])
      const refused = ['identification.refused', 'refused', { reason }]
      expect(comptoir.rows()).toEqual(reason === null ? [] : [refused, refused, refused, refused])
    })

    it.each([
      ['suspended', 'suspended = 1', 'suspended'],
      ['whose last day is over', "last_day = '2020-01-01'", 'suspended'],
      ['who departed', "suspended = 1, departed_at = '2020-01-01T00:00:00.000Z'", 'suspended'],
      ['whose password is provisional', 'provisional = 1', 'provisional-password'],
    ])('and refuses a titulaire %s', async (_, state, reason) => {
      comptoir.alter(`update operator set ${state} where code = '0'`)
      const refused = await comptoir.run('operators unblock 1', { input: credentials, installed })
      expect(refused).toMatchObject({ code: 1, out: [] })
      expect(comptoir.rows()).toEqual([['identification.refused', 'refused', { reason }]])
    })
  })
})
