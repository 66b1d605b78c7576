import { cp, rename, rm } from 'node:fs/promises'
import { findCryptolib } from '../native/card/find-cryptolib.ts'
import { recordPill } from './support/card-pill.ts'
import { beside, buttonIn, fact, lastDay, showDetails, walk } from './support/card-states.ts'
import { openDetails, reader, says, test } from './support/card.ts'
import { badFile, badModule, directoryInstead } from './support/card/bad-modules.ts'
import { endingIn, makeCard } from './support/card/pki.ts'
import type { Fault } from './support/card/simulated-cryptolib.ts'
import { contactTexts } from '../renderer/ui/texts/contacts.ts'
import { expect } from './support/test.ts'

const hers = 'Carte CPS · ADJOINTPHARM'
const theirs = 'Carte CPF · ETUDIANTPHARM'

/** The path of the library, what is to be done, and what to tell over the telephone. */
const unusableRemedy =
  /^Cryptolib inutilisable \S+\/libcps3_pkcs11_lux\.so ne se charge pas\. Réinstallez Cryptolib CPS\. \(réf\.\s[2-9A-Z]{3}-[2-9A-Z]{3}\)$/u

/** As the genuine Cryptolib answers during an insertion, or while another program holds the card. */
function generalError(times: number): Fault {
  return { in: 'C_GetTokenInfo', kind: 'rv', code: 0x5, times }
}

test.describe('What the pill says', { tag: '@card' }, () => {
  test('of a card: whose it is, or the gravest that there is to say of it', async ({
    simulated,
    workstation,
  }) => {
    const [expired, expiring] = [endingIn(-10), endingIn(30)]
    const cards = {
      pharmacist: await makeCard('pharmacist', { series: 'real' }),
      student: await makeCard('student', { series: 'real' }),
      test: await makeCard('pharmacist'),
      expired: await makeCard('pharmacist', { series: 'real', validity: expired }),
      expiring: await makeCard('student', { series: 'real', validity: expiring }),
      employee: await makeCard('employee', { series: 'real' }),
      nurse: await makeCard('adeli-nurse', { series: 'real' }),
      contactless: await makeCard('contactless', { series: 'real' }),
    }
    const { pharmacist, student } = cards
    const site = await simulated(Object.values(cards))
    site.set(reader('none'))
    const { program, launcher } = await site.start()
    const shown = await showDetails(program, launcher, 'Lecteur sans carte')
    await walk(site, shown, [
      { shown: reader({ card: pharmacist }), text: hers, remedy: null },
      {
        shown: reader({ card: cards.test }),
        text: 'Carte de test',
        remedy: 'Refusée par Pro Santé Connect en production.',
      },
      {
        shown: reader({ card: student, tries: 2 }),
        text: 'Code porteur : 2 essais restants',
        remedy: "Le code porteur est dans le courrier de l'ANS ; ce n'est pas votre code opérateur.",
      },
      {
        shown: reader({ card: pharmacist, tries: 1 }),
        text: 'Code porteur : dernier essai',
        remedy: 'Une erreur de plus bloque la carte. En cas de doute, arrêtez : e-CPS ou code opérateur.',
      },
      {
        shown: reader({ card: student, tries: 0 }),
        text: 'Carte bloquée',
        remedy: `Débloquez-la dans CPS Gestion avec le code de déblocage à 8 chiffres (même courrier que le code porteur). ${contactTexts.lostCode()} En attendant : e-CPS ou code opérateur.`,
      },
      {
        shown: reader({ card: cards.expired }),
        text: `Carte expirée le ${lastDay(expired.until)}`,
        remedy: 'Pro Santé Connect la refuse. e-CPS ou code opérateur en attendant la nouvelle.',
      },
      {
        shown: reader({ card: cards.expiring }),
        text: `Carte valable jusqu'au ${lastDay(expiring.until)}`,
        remedy: "La nouvelle n'est pas arrivée ? Voyez votre Ordre ou le portail Ma Carte.",
      },
      {
        shown: reader({ card: cards.employee }),
        text: 'Carte CPE sans RPPS',
        remedy: 'Utilisez votre code opérateur.',
      },
      {
        shown: reader({ card: cards.nurse }),
        text: 'Carte CPS sans RPPS',
        remedy: 'Utilisez votre code opérateur.',
      },
    ])
    expect(await fact(shown.details, 'Identifiant national')).toBe('00B6087510')
    await walk(site, shown, [
      {
        shown: reader({ card: cards.contactless }),
        text: 'Carte sans contact',
        remedy: 'Insérez-la dans le lecteur : sans contact, ni nom ni RPPS.',
      },
      {
        shown: beside({ card: pharmacist }, { card: student }),
        text: 'Plusieurs cartes',
        remedy: 'Laissez seulement la vôtre.',
      },
      // Both interfaces of one reader.
      { shown: beside({ card: cards.contactless }, { card: pharmacist }), text: hers, remedy: null },
    ])
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('of a reader, and of what Cryptolib makes of it', async ({ simulated, workstation }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const other = await makeCard('student', { series: 'real' })
    const site = await simulated([card, other])
    const { program, launcher } = await site.start()
    const shown = await showDetails(program, launcher, 'Aucun lecteur')
    const empty = {
      shown: reader('none'),
      text: 'Lecteur sans carte',
      remedy: 'Insérez votre carte, puce en avant.',
    }
    const none = { text: 'Aucun lecteur', remedy: 'Branchez le lecteur, ou changez de prise USB.' }
    const unreadable = {
      text: 'Certificat de la carte illisible',
      remedy:
        'Retirez-la, puis réinsérez-la. Si cela revient : e-CPS ou code opérateur, et prévenez votre assistance.',
    }
    // As many as have a slot (cryptolib-cps.md §2); the first is the one of before.
    const fourteen = Array.from({ length: 14 }, () => 'none' as const)
    await walk(site, shown, [
      { shown: { readers: [] }, ...none },
      empty,
      {
        shown: reader('foreign'),
        text: 'Carte non reconnue',
        remedy: "Ce n'est pas une carte CPS, ou Cryptolib est trop ancienne.",
      },
      {
        shown: reader('exclusive'),
        text: 'Lecteur occupé',
        remedy: "Un autre logiciel utilise le lecteur. Terminez l'opération en cours.",
      },
      { shown: reader({ card, certificate: 'truncated' }), ...unreadable },
      { shown: reader({ card: other, certificate: 'absurd' }), ...unreadable },
      { ...empty, shown: beside('none', ...fourteen, 'none') },
      { shown: beside('none', ...fourteen, { card }), text: hers, remedy: null },
    ])
    expect((await fact(shown.details, 'Lecteurs')).split(', ')).toHaveLength(16)
    expect(await fact(shown.details, 'Lecteur')).toBe('Lecteur 16')

    const pill = await recordPill(launcher)
    // In answer to the first questions only, as while a card is being pushed in.
    site.set({ ...reader({ card: other }), faults: [generalError(3)] })
    await says(launcher, theirs)
    expect(await pill.texts()).toEqual([hers, 'Lecture de la carte…', theirs])

    site.set(reader({ card, label: '\0'.repeat(32) }))
    await says(launcher, hers)
    site.set(reader({ card: other, label: `CPS3v3-\0\u0007${'9'.repeat(200)}` }))
    await says(launcher, theirs)
    expect(await fact(shown.details, 'Carte')).toBe(`CPS3v3-${'9'.repeat(23)}`)

    // CKR_ASIP_BAD_EF_ACTUA (cryptolib-cps.md §2), and it stays.
    const failing = (code: number): Fault => ({ in: 'C_GetTokenInfo', kind: 'rv', code })
    site.set({ ...reader({ card }), faults: [failing(0x80_00_00_01)] })
    await says(launcher, "Carte à l'envers ou illisible")
    // CKR_FUNCTION_FAILED.
    site.set({ ...reader({ card: other }), faults: [failing(0x6)] })
    await says(launcher, 'Lecture de carte : redémarrage…')
    await expect(shown.details).toHaveAccessibleDescription(
      /redémarrage… Rien à faire\. Si cela revient, .* prévenez votre assistance\. \(réf\.\s[2-9A-Z]{3}-[2-9A-Z]{3}\)$/u,
    )
    site.set(reader({ card }))
    await says(launcher, hers)
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('of the service, and of a Cryptolib that does not outlive it', async ({
    readers,
    simulated,
    workstation,
  }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const { set, calls, modulePath } = await simulated([card])
    const service = await readers({ modulePath })
    const [name] = service.readers
    const inserted = { readers: [{ name, content: { card } }], traced: true }
    set(inserted)
    await service.insert(0, { kind: 'cpx', card })
    const { program, launcher } = await service.start()
    await says(launcher, hers)

    set({ ...inserted, service: 'down' })
    await service.stopService()
    await says(launcher, 'Service Carte à puce arrêté')
    const details = await openDetails(launcher, 'Service Carte à puce arrêté')
    await expect(details).toHaveAccessibleDescription(
      'Service Carte à puce arrêté Redémarrez le poste ; si rien ne change, appelez votre assistance.',
    )
    calls()
    set(inserted)
    await service.startService()
    await expect(details).toHaveAccessibleDescription(hers)
    expect(calls()).toEqual(expect.arrayContaining(['C_Finalize', 'C_Initialize']))
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('of a Cryptolib that is not there, or not what it should be', async ({ simulated, workstation }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const { set, start, modulePath } = await simulated([card])
    set(reader({ card }))
    const aside = `${modulePath}.good`
    await rename(modulePath, aside)
    const { program, launcher } = await start()
    await says(launcher, 'Cryptolib absente')
    const details = await openDetails(launcher, 'Cryptolib absente')
    await expect(details).toHaveAccessibleDescription(
      'Cryptolib absente Le logiciel Cryptolib CPS manque sur ce poste. Appelez votre assistance. En attendant : e-CPS ou code opérateur.',
    )
    /** Somebody puts this where the library is expected, then asks for the card. */
    const install = async (wrong: string): Promise<void> => {
      await rm(modulePath, { recursive: true, force: true })
      await cp(wrong, modulePath, { recursive: true })
      await buttonIn(details, 'Tester ma carte').click()
      await details.getByRole('status').filter({ hasText: 'Aucune carte lue' }).waitFor()
    }

    const folder = await workstation.emptyFolder()
    const unusable = [
      [await directoryInstead(folder), "C'est un dossier"],
      [await badFile(folder, 'text'), "Ce n'est pas une bibliothèque"],
      [await badFile(folder, 'elf-arm64'), "La bibliothèque est faite pour un autre genre d'ordinateur"],
      [await badModule('not-pkcs11'), "La bibliothèque n'est pas PKCS#11"],
      [await badModule('function-list-fails'), "La bibliothèque n'est pas PKCS#11"],
      [await badModule('initialize-general-error'), 'La bibliothèque ne démarre pas'],
      [await badModule('initialize-vendor-error'), 'La bibliothèque ne démarre pas'],
    ] as const
    for (const [wrong, cause] of unusable) {
      await install(wrong)
      await says(launcher, 'Cryptolib inutilisable')
      await expect(details).toHaveAccessibleDescription(unusableRemedy)
      expect(await fact(details, 'Cause')).toBe(cause)
      expect(await fact(details, 'Fichier')).toBe(modulePath)
    }
    await install(await badFile(folder, 'elf-32'))
    await says(launcher, 'Cryptolib 32 bits seulement')
    await expect(details).toHaveAccessibleDescription(
      'Cryptolib 32 bits seulement Installez la version 64 bits : elle contient les deux.',
    )

    await rename(aside, modulePath)
    await buttonIn(details, 'Tester ma carte').click()
    await says(launcher, hers)
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('of a workstation without Cryptolib', async ({ simulated }) => {
    const { platform, env } = process
    const { kind } = await findCryptolib({ platform, env, configured: null })
    test.skip(kind !== 'missing', 'Cryptolib is installed here')
    const { start } = await simulated([], { modulePath: null })
    const { launcher } = await start()
    await says(launcher, 'Cryptolib absente')
  })
})
