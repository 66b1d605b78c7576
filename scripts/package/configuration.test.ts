import { expect, test } from 'vitest'
import { derivedConfiguration, publishedConfiguration } from './configuration.ts'

const published = await publishedConfiguration()
const official = { executable: '/e/electron', folder: '/e', version: '45.4.1', test: false }
const ofTests = { ...official, version: '25.1.1', test: true }
const choices = {
  marked: false,
  built: '/s/program',
  electron: '/s/electron',
  resources: '/s/told',
  output: '/out',
  version: undefined,
}

test('the names by which an installed Comptoir is known never change', () => {
  expect(published.appId).toBe('fr.comptoir.poste')
  expect(published.productName).toBe('Comptoir')
  expect(published.deb?.packageName).toBe('comptoir')
  expect(published.nsis?.guid).toBe('3f255ddf-db33-468f-8866-356db372ba2b')
  expect(published.msi?.upgradeCode).toBe('B0B6AAE1-082D-4BC1-9D1F-B1FF082E20D2')
})

test('nothing is published, nothing is rebuilt, and no script leaves the archive', () => {
  expect(published.publish).toBeNull()
  expect(published.npmRebuild).toBe(false)
  expect(published.asar).toEqual({ smartUnpack: false })
  expect(published.asarUnpack).toEqual(['**/*.node'])
})

test('every fuse is set, and the one that an older Electron lacks is left out for it', () => {
  const fuses = {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
  }
  const fusesWith = (distribution: typeof official) =>
    derivedConfiguration(published, { ...choices, distribution }).electronFuses
  expect(fusesWith(official)).toEqual({ ...fuses, grantFileProtocolExtraPrivileges: false })
  expect(fusesWith(ofTests)).toEqual(fuses)
})

test('a package with the pinned Electron is the published one, with what is at hand', () => {
  const derived = derivedConfiguration(published, { ...choices, distribution: official, version: '1.2.3' })
  expect(derived).toMatchObject({
    appId: published.appId,
    deb: published.deb,
    linux: published.linux,
    electronDist: '/s/electron',
    electronVersion: '45.4.1',
    directories: { output: '/out' },
    extraMetadata: { ...published.extraMetadata, version: '1.2.3' },
  })
  expect(derived.files).toContainEqual({
    from: '/s/program',
    to: 'dist',
    filter: ['components.json', '{main,preload,renderer}/**'],
  })
  expect(derived.extraMetadata).not.toHaveProperty('main')
  expect(JSON.stringify(derived)).not.toMatch(/essai|test-runtime/u)
})

test('a package with another Electron is marked, takes the place of the real one, and loads what fits it', () => {
  const derived = derivedConfiguration(published, { ...choices, distribution: ofTests })
  expect(derived.deb).toMatchObject({
    packageName: 'comptoir-essai',
    artifactName: 'comptoir-essai_${version}_${arch}.${ext}',
  })
  expect(derived.deb?.fpm).toEqual(
    expect.arrayContaining(['--conflicts', '--replaces', '--provides', 'comptoir']),
  )
  expect(derived.deb?.fpm).toContain('LICENSE=/usr/share/doc/comptoir-essai/copyright')
  expect(derived.linux?.desktop?.entry?.['Name']).toBe("Comptoir (paquet d'essai)")
  expect(derived.extraMetadata).toHaveProperty('main', 'dist/main/test-runtime.cjs')
  const files = JSON.stringify(derived.files)
  expect(files).toContain('build/Release/*.node')
  expect(files).not.toContain('prebuilds/${platform}-${arch}.node')
  // What it shares with the real one is the same.
  expect(derived.appId).toBe(published.appId)
  expect(derived.deb?.depends).toEqual(published.deb?.depends)
})

test('a test package with the pinned Electron is marked, and loads what users get', () => {
  const derived = derivedConfiguration(published, { ...choices, distribution: official, marked: true })
  expect(derived.deb?.packageName).toBe('comptoir-essai')
  expect(derived.extraMetadata).not.toHaveProperty('main')
  expect(JSON.stringify(derived.files)).toContain('prebuilds/${platform}-${arch}.node')
})
