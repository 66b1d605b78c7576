import { expect } from '@playwright/test'
import { openDetails, says, test } from './support/card.ts'
import { recordPill } from './support/card-pill.ts'
import { makeCard } from './support/card/pki.ts'
import { button } from './support/counter.ts'

const reading = 'Lecture de la carte…'
const empty = 'Lecteur sans carte'
const hers = 'Carte CPS · ADJOINTPHARM'
const theirs = 'Carte CPF · ETUDIANTPHARM'
const vitale = 'Carte Vitale'
const several = 'Plusieurs cartes'
const mute = "Carte à l'envers ou illisible"
const foreign = 'Carte non reconnue'
const stopped = 'Service Carte à puce arrêté'
const restarting = 'Lecture de carte : redémarrage…'

/** Each command takes so long that the whole card takes some 2 s, as a real one does. In milliseconds. */
const slowly = 40

test.describe('Cards and their readers', { tag: '@card' }, () => {
  test('cards come and go, in two readers, and what is no CPS is told from it', async ({
    readers,
    workstation,
  }) => {
    const site = await readers()
    const pharmacist = await makeCard('pharmacist', { series: 'real' })
    const student = await makeCard('student', { series: 'real' })
    const { program, launcher } = await site.start()
    await says(launcher, empty)
    const pill = await recordPill(launcher)

    await site.insert(0, { kind: 'cpx', card: pharmacist })
    await says(launcher, hers)
    expect(await pill.texts()).toEqual([empty, reading, hers])
    const details = await openDetails(launcher, hers)
    await expect(details).toContainText('PATRICIA ADJOINTPHARM')
    await expect(details).toContainText('99700261797')
    await expect(details).toContainText('CPS3v3-2800385266')
    await expect(details).toContainText(site.readers.join(', '))
    // The details follow: what they show is no longer there.
    await site.remove(0)
    await expect(details).toContainText('Insérez votre carte, puce en avant.')
    await expect(details).not.toContainText('ADJOINTPHARM')
    await button(launcher, 'Fermer').click()
    expect(await pill.texts()).toEqual([empty])

    await site.insert(0, { kind: 'vitale' })
    await says(launcher, vitale)
    await site.insert(1, { kind: 'cpx', card: pharmacist })
    await says(launcher, hers)
    expect(await pill.texts()).toEqual([reading, vitale, reading, hers])

    await site.swap(0, { kind: 'cpx', card: student })
    await says(launcher, several)
    const both = await openDetails(launcher, several)
    await expect(both).toContainText('Laissez seulement la vôtre.')
    await expect(both.getByRole('heading', { level: 3 })).toHaveText([theirs, hers])
    await button(launcher, 'Fermer').click()
    await site.remove(1)
    await says(launcher, theirs)
    await pill.texts()

    await site.swap(0, { kind: 'mute' })
    await says(launcher, mute)
    expect(await pill.texts()).toEqual([empty, mute])
    await site.swap(0, { kind: 'foreign' })
    await says(launcher, foreign)
    await site.swap(0, { kind: 'cpx', card: pharmacist })
    await says(launcher, hers)
    expect(await pill.texts()).toEqual([empty, reading, foreign, empty, reading, hers])

    expect(await program.stop()).toBe(0)
    expect(await workstation.log()).not.toContain('card process')
  })

  test('the PC/SC service starts after Comptoir, stops, dies, and each time comes back', async ({
    readers,
    workstation,
  }) => {
    const site = await readers()
    await site.stopService()
    const { program, launcher } = await site.start()
    // No reader was ever there: nobody is told to mend a service that may have none to serve.
    await says(launcher, 'Aucun lecteur')
    await site.startService()
    await says(launcher, empty)
    await site.insert(0, { kind: 'cpx', card: await makeCard('pharmacist', { series: 'real' }) })
    await says(launcher, hers)

    for (const abruptly of [false, true]) {
      await site.stopService({ abruptly })
      await says(launcher, stopped)
      await site.startService()
      await says(launcher, hers)
    }

    const details = await openDetails(launcher, hers)
    await button(launcher, 'Tester ma carte').click()
    await expect(details.getByText(/^Carte lue en /u)).toBeVisible()
    expect(await program.stop()).toBe(0)
    expect(await workstation.log()).not.toContain('card process')
  })

  test('a card that is pulled while it is read, and one that no longer answers', async ({
    readers,
    workstation,
  }) => {
    const site = await readers()
    const card = await makeCard('pharmacist', { series: 'real' })
    const { program, launcher } = await site.start()
    await says(launcher, empty)
    const pill = await recordPill(launcher)

    await site.insert(0, { kind: 'cpx', card, msPerCommand: slowly })
    await says(launcher, reading)
    await site.remove(0)
    await says(launcher, empty)
    await site.insert(0, { kind: 'cpx', card, msPerCommand: slowly })
    await says(launcher, hers)
    expect(await pill.texts()).toEqual([empty, reading, empty, reading, hers])
    await site.remove(0)
    await says(launcher, empty)
    await pill.texts()

    await site.insert(1, { kind: 'cpx', card, msPerCommand: slowly })
    await says(launcher, reading)
    await site.silence(1, true)
    await says(launcher, restarting)
    await site.silence(1, false)
    await says(launcher, hers)
    expect(await pill.texts()).toEqual([reading, restarting, hers])
    expect(await program.stop()).toBe(0)
    expect(await workstation.log()).toContain('the card process did not answer (1 in a row)')
  })
})
