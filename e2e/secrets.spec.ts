import { startSession } from '../native/keychain/testing/secret-service.ts'
import { badge, connectTyping } from './support/counter.ts'
import { filesHolding, isInArguments, runCommand, test } from './support/keychain.ts'
import { expect } from './support/test.ts'

const secret = 'péché-mignon-7f3a'
const absent = ['psc.clientSecret absent', 'psc.keyPassphrase absent', 'psc.p12Password absent']
const present = ['psc.clientSecret présent', ...absent.slice(1)]
const nothingSaid = { out: [] }

test.describe('The secrets of Pro Santé Connect, by the command line @settings @psc', () => {
  test('set, listed and deleted without a display, and seen nowhere', async ({ workstation, keychain }) => {
    const before = workstation.journal()
    const run = (...words: string[]) => runCommand(workstation, keychain.env, words)
    expect(await run('secret', 'list')).toEqual({ code: 0, out: absent, errors: [] })

    const set = await runCommand(workstation, keychain.env, ['secret', 'set', 'psc.clientSecret'], {
      input: `${secret}\n`,
      meanwhile: async (shown) => {
        expect(shown).toContain('secret\0set\0psc.clientSecret')
        expect(await isInArguments(secret)).toBe(false)
      },
    })
    expect(set).toMatchObject({ code: 0, errors: [] })
    expect(set.out).toEqual([expect.stringMatching(/^psc\.clientSecret : enregistré/u)])
    expect(await run('secret', 'list')).toEqual({ code: 0, out: present, errors: [] })
    for (const folder of [workstation.dataDir, keychain.env['HOME'], keychain.env['XDG_DATA_HOME']]) {
      expect(await filesHolding(folder ?? '', secret)).toEqual([])
    }

    expect(await run('secret', 'delete', 'psc.clientSecret')).toMatchObject({ code: 0, errors: [] })
    expect(await run('secret', 'list')).toMatchObject({ code: 0, out: absent })
    expect(await run('secret', 'delete', 'psc.clientSecret')).toEqual({
      code: 1,
      out: [],
      errors: [expect.stringMatching(/^psc\.clientSecret : absent du trousseau/u)],
    })
    expect(workstation.journal()).toEqual(before)
  })

  test('set while the program runs, which does not notice', async ({ workstation, keychain }) => {
    const program = await workstation.start({ env: { ...keychain.env }, args: ['--not-a-command'] })
    const launcher = await connectTyping(workstation, program)
    const before = workstation.journal()

    const set = ['secret', 'set', 'psc.clientSecret']
    expect(await runCommand(workstation, keychain.env, set, { input: secret })).toMatchObject({ code: 0 })
    expect(await runCommand(workstation, keychain.env, ['secret', 'list'])).toMatchObject({ out: present })

    await expect(launcher.getByText(badge)).toBeVisible()
    expect(workstation.journal()).toEqual(before)
    expect(await program.stop()).toBe(0)
    expect(await filesHolding(workstation.dataDir, secret)).toEqual([])
    expect(
      workstation
        .journal()
        .slice(before.length)
        .map(({ kind }) => kind),
    ).toEqual(['session.ended', 'program.stopped'])
  })

  test('refused with a word of advice when no keychain answers', async ({ workstation, keychain }) => {
    const before = workstation.journal()
    const withoutService = await startSession()
    const noKeychain = /^Aucun trousseau de clés ne répond .* Ouvrez /u
    const locked = /^Le trousseau de clés .* est verrouillé.* Ouvrez-le /u
    try {
      await keychain.lock()
      for (const [env, says] of [
        [{}, noKeychain],
        [withoutService.env, noKeychain],
        [keychain.env, locked],
      ] as const) {
        const set = ['secret', 'set', 'psc.clientSecret']
        const told = await runCommand(workstation, env, set, { input: secret })
        expect(told).toEqual({ code: 69, out: [], errors: [expect.stringMatching(says)] })
      }
    } finally {
      await withoutService.stop()
    }
    expect(await filesHolding(workstation.dataDir, secret)).toEqual([])
    expect(workstation.journal()).toEqual(before)
  })

  test('what is no command of Comptoir opens no window', async ({ workstation, keychain }) => {
    const before = workstation.journal()
    for (const [words, says] of [
      ['secret set psc.secret', /^Nom de secret inconnu\. /u],
      // Another one: a story that runs at the same time looks for the first in everybody's arguments.
      ['secret set psc.clientSecret typed-by-mistake', /^Un secret ne se donne pas en argument : /u],
    ] as const) {
      const told = await runCommand(workstation, keychain.env, words.split(' '), { input: secret })
      expect(told, words).toEqual({ ...nothingSaid, code: 64, errors: [expect.stringMatching(says)] })
    }
    const unknown = await runCommand(workstation, keychain.env, ['secret', '--no-sandbox'])
    expect(unknown).toMatchObject({ ...nothingSaid, code: 64 })
    expect(unknown.errors[0]).toMatch(/^Commande inconnue\. /u)
    expect(unknown.errors.slice(1)).toContain('  comptoir journal verify')
    expect(await runCommand(workstation, keychain.env, ['secret', 'list'])).toMatchObject({ out: absent })
    expect(workstation.journal()).toEqual(before)
  })
})
