import { copyFile, rename } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { badModule, type BadModule } from './support/card/bad-modules.ts'
import { makeCard } from './support/card/pki.ts'
import type { Control, Fault } from './support/card/simulated-cryptolib.ts'
import { spawnProgram } from './support/bare-program.ts'
import { openDetails, reader, says, test, type SimulatedSite } from './support/card.ts'
import { recordPill } from './support/card-pill.ts'
import { cardProcesses, environmentOf, lives } from './support/card-process.ts'
import { button, connect, openDocumentation } from './support/counter.ts'
import { plain } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { cameIn, stopped, story } from './support/story.ts'
import type { Workstation } from './support/test.ts'

const searching = 'Recherche du lecteur…'
const hers = 'Carte CPS · ADJOINTPHARM'
const empty = 'Lecteur sans carte'
const restarting = 'Lecture de carte : redémarrage…'
const unusable = 'Cryptolib inutilisable'

/** The card process's environment (architecture.md §2), on whichever system. */
const kept: ReadonlySet<string> = new Set([
  'PATH',
  'SystemRoot',
  'ProgramData',
  'TEMP',
  'USERPROFILE',
  'HOME',
  'XDG_RUNTIME_DIR',
])

test.describe('Cryptolib that crashes or hangs', { tag: '@card' }, () => {
  test('a crash is told with a reference, and the card is shown again', async ({
    simulated,
    workstation,
  }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const site = await simulated([card])
    site.set(reader({ card }))
    const { program, launcher } = await site.start({ env: { SECRET_OF_THE_PHARMACY: 'not for Cryptolib' } })
    await says(launcher, hers)
    const [first = 0] = cardProcesses(program)
    const environment = environmentOf(first)
    expect(Object.keys(environment).filter((name) => !kept.has(name))).toEqual([])
    expect(environment['HOME']).toBe(process.env['HOME'])
    const pill = await recordPill(launcher)

    site.set({ ...reader({ card }), faults: [{ in: 'C_GetSlotList', kind: 'segv', times: 1 }] })
    await expect.poll(() => cardProcesses(program).filter((pid) => pid !== first)).toHaveLength(1)
    await says(launcher, hers)

    expect(await pill.texts()).toEqual([hers, restarting, hers])
    expect(lives(first)).toBe(false)
    expect(await program.stop()).toBe(0)
    expect(await workstation.log()).toMatch(/[2-9A-Z]{3}-[2-9A-Z]{3} the card process ended \(1 in a row\)/u)
  })

  test('a library that crashes whatever is done is told so, and Comptoir works on', async ({
    simulated,
    workstation,
  }) => {
    // Every back-off is waited for.
    test.setTimeout(100_000)
    const site = await simulated([], { modulePath: await badModule('initialize-segfaults') })
    const { program, launcher } = await site.start()
    await says(launcher, restarting)
    await works(workstation, program)

    await expect(button(launcher, unusable)).toBeVisible({ timeout: 60_000 })
    const details = await openDetails(launcher, unusable)
    await expect(details).toContainText('La bibliothèque ne démarre pas')
    const told = plain(await details.innerText())
    expect(told).toContain('initialize-segfaults.so')
    const reference = /\(réf\. (?<reference>\S+)\)/u.exec(told)?.groups?.['reference'] ?? 'none'
    await expect.poll(() => workstation.log()).toContain(`${reference} the card process ended (5 in a row)`)
    expect(await program.stop()).toBe(0)
    expect(story(workstation)).toEqual(worked)
  })

  test('a library that aborts, then one that exits, then a sound one in its place', async ({
    simulated,
    workstation,
  }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const site = await simulated([card])
    site.set(reader({ card }))
    const sound = `${site.modulePath}.sound`
    await copyFile(site.modulePath, sound)
    await install(site, 'initialize-aborts')
    const { program, launcher } = await site.start()

    await failures(workstation, 1)
    await install(site, 'initialize-exits')
    // The second process may have been on its way with the library before.
    await failures(workstation, 3)
    await rename(sound, site.modulePath)

    await says(launcher, hers)
    expect(await program.stop()).toBe(0)
    expect(await workstation.log()).not.toContain('4 in a row')
  })

  test('a library that hangs is killed, and every window answers meanwhile', async ({
    simulated,
    workstation,
  }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const site = await simulated([card])
    site.set({ ...reader({ card }), faults: [{ in: 'C_Initialize', kind: 'hang', times: 1 }] })
    const { program, launcher } = await site.start()
    await says(launcher, searching)
    const pill = await recordPill(launcher)
    await works(workstation, program)
    expect(await pill.texts()).toEqual([searching])
    await says(launcher, hers)
    expect(await pill.texts()).toEqual([restarting, hers])

    await hang(site, reader({ card }), { in: 'C_GetSlotList', kind: 'delay', milliseconds: 10_000, times: 1 })
    await button(launcher, 'Planning').click()
    await program.modulePage(/\/planning$/u)
    const details = await openDetails(launcher, hers)
    await button(launcher, 'Tester ma carte').click()
    await expect(details).toContainText('Lecture en cours…')
    await expect(details.getByRole('alert')).toContainText("La lecture de la carte s'est arrêtée.")
    await button(launcher, 'Fermer').click()
    await says(launcher, hers)
    expect(await pill.texts()).toEqual([restarting, hers])

    expect(await program.stop()).toBe(0)
    expect(await workstation.log()).toContain('the card process did not answer (1 in a row)')
    expect(await workstation.log()).toContain('the card process did not answer (2 in a row)')
  })

  test('two programs with one library each have their own; nothing is left of either', async ({
    simulated,
    workstation,
  }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const site = await simulated([card])
    site.set(reader({ card }))
    const one = await site.start()
    const dataDir = await workstation.emptyFolder()
    const other = await site.start({ dataDir })
    await says(one.launcher, hers)
    await says(other.launcher, hers)
    const pids = [...cardProcesses(one.program), ...cardProcesses(other.program)]
    expect(pids).toHaveLength(2)
    expect(await spawnProgram(workstation).ended).toBe(0)
    expect([...cardProcesses(one.program), ...cardProcesses(other.program)]).toEqual(pids)

    site.set(reader('none'))
    await says(one.launcher, empty)
    await says(other.launcher, empty)
    await hang(site, reader('none'), { in: 'C_GetSlotInfo', kind: 'hang' })
    other.program.app.process().kill('SIGKILL')
    expect(await one.program.stop()).toBe(0)
    await expect.poll(() => pids.filter(lives)).toEqual([])
  })
})

/** Somebody comes in and opens a page, whatever the card does meanwhile. */
async function works(workstation: Workstation, program: Program): Promise<void> {
  const launcher = await connect(workstation, program, '1')
  await openDocumentation(program, launcher)
}

/** What `works` and the end of the program are in the journal. */
const worked = [
  ...cameIn,
  'module.opened 1 documentation window',
  'session.ended 1 program-closed',
  'module.left 1 documentation nobody',
  stopped,
]

/** From now on the library goes wrong; resolves once it does. */
async function hang(site: SimulatedSite, control: Control, fault: Fault): Promise<void> {
  site.set({ ...control, faults: [fault], traced: true })
  await expect.poll(() => site.calls()).toContain(fault.in)
}

/** Puts this library where Cryptolib is: the next process loads it. */
async function install(site: SimulatedSite, name: BadModule): Promise<void> {
  const next = `${site.modulePath}.next`
  await copyFile(await badModule(name), next)
  await rename(next, site.modulePath)
}

/** Resolves once the card process has ended so many times in a row. */
async function failures(workstation: Workstation, count: number): Promise<void> {
  await expect.poll(() => workstation.log()).toContain(`the card process ended (${count} in a row)`)
}
