import { tamper, run as statement } from '../electron/journal/testing/tamper.ts'
import { connectTyping } from './support/counter.ts'
import { runCommand, test } from './support/keychain.ts'
import { expect } from './support/test.ts'

test.describe('The end of the journal @journal', () => {
  test('is missed when somebody took it away while Comptoir was closed', async ({
    workstation,
    keychain,
  }) => {
    const program = await workstation.start({ env: { ...keychain.env } })
    await connectTyping(workstation, program)
    expect(await program.stop()).toBe(0)
    const verify = () => runCommand(workstation, keychain.env, ['journal', 'verify'])
    const intact = { code: 0, out: [expect.stringMatching(/^Le journal est intact : /u)], errors: [] }
    expect(await verify()).toEqual(intact)

    const rows = workstation.journal()
    expect(rows.at(-1)?.kind).toBe('program.stopped')
    tamper(workstation.dataDir, statement(`delete from journal where seq >= ${rows.length - 1}`))
    const missed = expect.stringMatching(new RegExp(`à partir de la ligne n° ${rows.length - 1}\\.`, 'u'))
    expect(await verify()).toMatchObject({ code: 1, errors: expect.arrayContaining([missed]) })

    // Rows that Comptoir writes since do not hide it.
    const again = await workstation.start({ env: { ...keychain.env } })
    await connectTyping(workstation, again)
    expect(await again.stop()).toBe(0)
    expect(await verify()).toMatchObject({ code: 1, out: [] })
    expect(workstation.journal().length).toBeGreaterThan(rows.length)
  })
})
