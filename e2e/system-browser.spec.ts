import { told } from './support/alerts.ts'
import { test } from './support/browser.ts'
import { connect, expectNoQuestion, modulePages, startWith, tile } from './support/counter.ts'
import { cameIn, rowOfReference, stopped, story } from './support/story.ts'
import { recordBrowser } from './support/system-browser.ts'
import { expect, type Workstation, type WrittenModule } from './support/test.ts'

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

  test('is a page of the real browser, which knows its visitor from one page to the next', async ({
    workstation,
    systemBrowser,
  }) => {
    // By this name, as Pro Santé Connect will come back.
    const site = workstation.pagesUrl.replace('127.0.0.1', 'localhost')
    const modules = ['dossier-patient', 'documentation'].map((name): WrittenModule => ({
      id: name,
      label: name,
      access: 'none',
      launch: { kind: 'browser', url: `${site}${name}` },
    }))
    const { program, launcher } = await startWith(workstation, modules)
    const browser = await systemBrowser(program)
    await tile(launcher, 'dossier-patient').click()
    const file = await browser.next()
    await expect(file).toHaveTitle('Dossier patient — démonstration')
    await file.evaluate(() => {
      document.cookie = 'visitor=1'
    })
    await tile(launcher, 'documentation').click()
    const documentation = await browser.next()
    await expect(documentation).toHaveTitle('Documentation — démonstration')
    expect(await documentation.evaluate(() => document.cookie)).toBe('visitor=1')
    expect(await documentation.evaluate(() => navigator.language)).toBe('fr-FR')
    expect(browser.pages()).toEqual([file, documentation])

    await browser.hold()
    await tile(launcher, 'documentation').click()
    await expect
      .poll(browser.handed)
      .toEqual([`${site}dossier-patient`, `${site}documentation`, `${site}documentation`])
    expect(browser.pages()).toHaveLength(2)
    await browser.refuse()
    await tile(launcher, 'documentation').click()
    await told(launcher, "«\u00A0documentation\u00A0» s'ouvre dans le navigateur, qui ne répond pas.")
    await program.stop()
    expect(story(workstation)).toEqual([
      'module.opened nobody dossier-patient browser',
      'module.opened nobody documentation browser',
      'module.opened nobody documentation browser',
      // It is only after it was written that nobody answers.
      'module.opened nobody documentation browser',
      'module.failed nobody documentation no-browser',
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
