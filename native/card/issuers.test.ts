import { describe, expect, it } from 'vitest'
import { chainOf, productionAuthorities, type Issuer } from './issuers.ts'

const units = ['0002 187512751', 'IGC-SANTE']
const fort: Issuer = {
  commonName: 'AC IGC-SANTE FORT PERSONNES',
  units,
  keyIdentifier: '800F918821797D5555C65D6DD5938D6ADE5C2AA6',
}
const test: Issuer = {
  commonName: 'TEST AC IGC-SANTE FORT PERSONNES',
  units: ['IGC-SANTE TEST'],
  keyIdentifier: null,
}

describe('the authorities of IGC-Santé', () => {
  it('are six, each with a name, a key and a certificate of its own', () => {
    for (const member of ['name', 'keyIdentifier', 'fingerprint'] as const) {
      expect(new Set(productionAuthorities.map((authority) => authority[member])).size).toBe(6)
    }
    for (const { keyIdentifier, fingerprint } of productionAuthorities) {
      expect(keyIdentifier).toMatch(/^[0-9A-F]{40}$/u)
      expect(fingerprint).toMatch(/^[0-9A-F]{64}$/u)
    }
  })

  it.each<[string, Issuer, string]>([
    ['production by name and key', fort, 'production'],
    ['production by name', { ...fort, keyIdentifier: null }, 'production'],
    ['the name with an unknown key', { ...fort, keyIdentifier: '00'.repeat(20) }, 'unknown'],
    [
      'the name with the key of another authority',
      { ...fort, keyIdentifier: productionAuthorities[1]?.keyIdentifier ?? '' },
      'unknown',
    ],
    ['the name without its unit', { ...fort, units: ['0002 187512751'] }, 'unknown'],
    ['a root, which issues no card', { ...fort, commonName: 'AC RACINE IGC-SANTE FORT' }, 'unknown'],
    ['test by name', test, 'test'],
    ['test with whatever key', { ...test, keyIdentifier: '00'.repeat(20) }, 'test'],
    ['a test name in the production unit', { ...test, units }, 'unknown'],
    ['a production name in the test unit', { ...fort, units: test.units }, 'unknown'],
    ['another test name', { ...test, commonName: 'TEST AC DE DEMAIN' }, 'unknown'],
    ['nobody', { ...fort, commonName: null }, 'unknown'],
  ])('%s', (_, issuer, chain) => {
    expect(chainOf(issuer)).toBe(chain)
  })
})
