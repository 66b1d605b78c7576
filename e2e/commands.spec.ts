import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { badge, connectTyping } from './support/counter.ts'
import { runCommand, test } from './support/keychain.ts'
import { expect } from './support/test.ts'

const list = `code;nom;prenom;role;rpps;motdepasse
ANNE;MARTIN;ANNE;adjoint;99700218897;girafe tunnel moutarde
LEA;PETIT;LÉA;preparateur;;tabouret horloge cactus
`

test.describe('The command line @operators @journal', () => {
  test('the team and the journal, without a display, while the counter works', async ({
    workstation,
    keychain,
  }) => {
    const { dataDir } = workstation
    const run = (...words: string[]) => runCommand(workstation, keychain.env, words)
    const program = await workstation.start({ env: { ...keychain.env } })
    const launcher = await connectTyping(workstation, program)
    const before = workstation.journal()

    const csv = join(dataDir, 'équipe.csv')
    await writeFile(csv, list)
    expect(await run('operators', 'import', csv, '--dry-run')).toMatchObject({ code: 0, errors: [] })
    const imported = await run('operators', 'import', csv)
    expect(imported).toMatchObject({ code: 0, errors: [] })
    expect(imported.out.at(-1)).toMatch(/^Supprimez le fichier .* mots de passe\.$/u)
    const reset = await run('operators', 'reset-password', 'lea')
    expect(reset).toEqual({ code: 0, out: [expect.stringMatching(/^[\w-]{19}$/u)], errors: [] })
    const listed = await run('operators', 'list', '--json')
    expect(JSON.parse(listed.out.join('\n'))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'LEA', nom: 'PETIT', prenom: 'LÉA', rpps: null, provisoire: true }),
      ]),
    )

    const exported = join(dataDir, 'journal.jsonl')
    const ask = ['journal', 'export', '--format', 'jsonl', '--output', exported]
    expect(await run(...ask)).toMatchObject({ code: 0, errors: [] })
    expect(await run(...ask)).toMatchObject({ code: 1, out: [] })
    expect((await readFile(exported, 'utf8')).split('\n').length).toBeGreaterThan(before.length)
    const verified = await run('journal', 'verify')
    expect(verified).toMatchObject({ code: 0, errors: [] })
    expect(verified.out[0]).toMatch(/^Le journal est intact : /u)

    const copy = join(dataDir, 'copie.db')
    expect(await run('backup', copy)).toMatchObject({ code: 0, errors: [] })
    const inUse = { code: 1, out: [], errors: [expect.stringMatching(/^Comptoir est ouvert /u)] }
    expect(await run('restore', copy)).toEqual(inUse)
    await expect(launcher.getByText(badge)).toBeVisible()
    expect(await program.stop()).toBe(0)

    const kinds = workstation.journal().map(({ kind }) => kind)
    expect(kinds.slice(before.length)).toEqual([
      'operator.created',
      'operator.created',
      'operators.imported',
      'operator.password-reset',
      'operators.exported',
      'journal.exported',
      'database.backed-up',
      'session.ended',
      'program.stopped',
    ])
    // The program left the journal's head in the keychain: the one restored takes its place.
    const restored = { code: 0, out: [expect.stringMatching(/^Base reprise de /u)], errors: [] }
    expect(await run('restore', copy)).toEqual(restored)
    const intact = { code: 0, out: [expect.stringMatching(/^Le journal est intact : /u)], errors: [] }
    expect(await run('journal', 'verify')).toEqual(intact)
    expect(workstation.journal().map(({ kind }) => kind)).toEqual([
      ...kinds.slice(0, before.length + 6),
      'database.restored',
    ])
  })
})
