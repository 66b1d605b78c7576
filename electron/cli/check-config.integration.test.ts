import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import { createInstallation, type Installation } from './testing/installation.ts'

/** What no line may say, whatever is wrong around it. */
const hidden = ['C0mplique', 'motdepasse', 'tr3s-secret']
const example = join(import.meta.dirname, '../../resources/comptoir.exemple.json')

let comptoir: Installation
beforeEach(async () => {
  comptoir = await createInstallation(openKeychain(), hidden)
})
afterEach(() => comptoir.remove())

const write = (settings: unknown): Promise<void> =>
  writeFile(comptoir.paths.settings, JSON.stringify(settings))

it('tells what settings that are right come to', async () => {
  await copyFile(example, comptoir.paths.settings)
  const { data } = comptoir.paths
  expect(await comptoir.run('--check-config', { installed: true })).toEqual({
    code: 0,
    out: [
      `${comptoir.paths.settings} : correct`,
      'Officine : PHARMACIE DU TEST, FINESS 750000001',
      'Poste : Comptoir 1',
      'Assistance : Assistance du groupement, 01 99 00 12 34',
      'Pro Santé Connect : par le fournisseur connexion.groupement.example, en client public',
      '  e-CPS sans navigateur : non',
      'Carte : lue par la Cryptolib de ce poste ; retirée, elle fait demander « Rester connecté ? »',
      'Session : 4 h au plus, verrouillée après 10 min sans activité',
      "Raccourci d'identification : Ctrl+Maj+Espace",
      'Journal : gardé 12 mois',
      `Base : ${join(data, 'comptoir.db')}`,
      `Sauvegardes : ${join(data, 'D:\\Sauvegardes\\Comptoir', hostname())}`,
      'Proxy : celui du système',
      'Modules : 4 (Produits F2, Stock F3, Documentation, DMP F5)',
    ],
    errors: [],
  })
})

it.each([
  ['client_secret_post', {}, 'Secret attendu dans le trousseau : comptoir secret set psc.clientSecret'],
  ['private_key_jwt', { keyFile: '/a' }, 'comptoir secret set psc.keyPassphrase'],
  ['tls_client_auth', { p12File: '/a' }, 'comptoir secret set psc.p12Password'],
  ['tls_client_auth', { certificateFile: '/a', keyFile: '/b' }, 'comptoir secret set psc.keyPassphrase'],
])('tells of %s which secret the keychain must have', async (clientAuthentication, files, line) => {
  const issuer = 'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet'
  const psc = { issuer, discoveryUrl: `${issuer}/a`, clientId: 'x', clientAuthentication, ...files }
  await write({
    psc: { ...psc, ciba: { enabled: true } },
    network: { proxy: 'http://moi:motdepasse@proxy:8080' },
  })
  const { code, out } = await comptoir.run('--check-config')
  expect(code).toBe(0)
  expect(out).toContain(
    `Pro Santé Connect : directement à auth.esw.esante.gouv.fr, en client confidentiel (${clientAuthentication})`,
  )
  expect(out.join('\n')).toContain(line)
  expect(out).toContain('  e-CPS sans navigateur : oui (MOBILE)')
  expect(out).toContain('Proxy : proxy:8080')
})

it('tells the defaults where there is no comptoir.json, and that there is none', async () => {
  await rm(comptoir.paths.settings)
  const { code, out, errors } = await comptoir.run('--check-config', { installed: true })
  expect([code, errors]).toEqual([0, []])
  expect(out[0]).toBe(`${comptoir.paths.settings} n'existe pas : Comptoir prend ses valeurs par défaut.`)
  expect(out).toContain("Pro Santé Connect : non activé (il n'y a pas de psc)")
  expect(out).toContain('Modules : aucun')
})

it('tells each fault on a line of standard error, and nothing of a secret', async () => {
  await write({
    card: { modulePaht: '/a' },
    network: { proxy: 'moi:motdepasse@proxy' },
    psc: {
      issuer: 'http://moi:C0mplique@exemple.fr',
      discoveryUrl: 'postgres://moi:C0mplique@exemple.fr',
      clientId: 'x',
      clientSecret: 'tr3s-secret',
      redirectUris: ['http://exemple.fr:43110/?token=tr3s-secret'],
    },
    motDePasse: 'tr3s-secret',
    modules: [
      {
        id: 'a',
        label: 'A',
        access: 'operator',
        launch: { kind: 'program', command: 'a.exe /mdp:tr3s-secret', args: ['tr3s-secret'.repeat(200)] },
      },
    ],
  })
  const { code, out, errors } = await comptoir.run('--check-config', { installed: true })
  expect([code, out]).toEqual([78, []])
  expect(errors).toEqual([
    'card.modulePaht : clé inconnue : modulePaht — vouliez-vous dire « modulePath » ?',
    expect.stringMatching(
      /^network\.proxy : attendu : http:\/\/\{serveur\}:\{port\} ; trouvé : une valeur qui/u,
    ),
    'psc.issuer : attendu : une adresse https ; trouvé : "http://…@exemple.fr"',
    'psc.discoveryUrl : attendu : une adresse https://… ; trouvé : "postgres://…@exemple.fr"',
    expect.stringMatching(/^psc\.clientSecret : .* « comptoir secret set psc\.clientSecret »$/u),
    expect.stringMatching(/^psc\.redirectUris\[0\] : attendu : http:.* ; trouvé : une valeur qui/u),
    expect.stringMatching(/^motDePasse : clé inconnue : motDePasse — un secret ne s'écrit pas/u),
    expect.stringMatching(/^modules\[0\]\.launch\.command : attendu : .* ; trouvé : une valeur qui/u),
    expect.stringMatching(/^modules\[0\]\.launch\.args\[0\] : attendu : .* ; trouvé : une valeur qui/u),
  ])
})

it('looks at another file where one is named, which must be there', async () => {
  await write({ pharmacie: 1 })
  expect(await comptoir.run(['--check-config', example])).toMatchObject({ code: 0, errors: [] })
  const other = join(comptoir.folder, 'autre.json')
  expect(await comptoir.run(['--check-config', other])).toEqual({
    code: 74,
    out: [],
    errors: [`${other} n'existe pas.`],
  })
  await mkdir(other)
  expect(await comptoir.run(['--check-config', other])).toMatchObject({
    code: 78,
    errors: [expect.stringMatching(/^C'est un dossier/u)],
  })
  expect(await comptoir.run(['--check-config', other, example])).toMatchObject({ code: 64 })
})
