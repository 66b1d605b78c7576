import { told } from './support/alerts.ts'
import { connect, expectNoQuestion, modulePages, startWith, tile } from './support/counter.ts'
import { cameIn, rowOfReference, stopped, story } from './support/story.ts'
import { recordBrowser } from './support/system-browser.ts'
import { expect, test, type Workstation, type WrittenModule } from './support/test.ts'

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
