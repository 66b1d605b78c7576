import { describe, expect, it } from 'vitest'
import { meetsLevel } from './acr.ts'

describe('the level reached', () => {
  it.each([
    ['eidas1', 'eidas1', true],
    ['eidas2', 'eidas1', true],
    ['eidas3', 'eidas1', true],
    ['eidas1', 'eidas2', false],
    ['eidas2', 'eidas2', true],
    ['eidas3', 'eidas2', true],
    ['eidas1', 'eidas3', false],
    ['eidas2', 'eidas3', false],
    ['eidas3', 'eidas3', true],
  ])('%s for %s is enough: %s', (reached, asked, enough) => {
    expect(meetsLevel(reached, asked)).toBe(enough)
  })

  it('is enough when it is at least the weakest of several that were asked for', () => {
    expect(meetsLevel('eidas2', 'eidas3 eidas2')).toBe(true)
    expect(meetsLevel('eidas1', 'eidas3 eidas2')).toBe(false)
  })

  it('that is not named is no error, acr_values being voluntary', () => {
    expect(meetsLevel(null, 'eidas3')).toBe(true)
  })

  it.each(['loa-1', '', '1', 'EIDAS3', 'eidas4'])('that nobody knows is not at least any (%j)', (acr) => {
    expect(meetsLevel(acr, 'eidas1')).toBe(false)
  })

  it('is the very one where what was asked is none of PSC’s', () => {
    expect(meetsLevel('loa-2', 'loa-2 loa-3')).toBe(true)
    expect(meetsLevel('loa-1', 'loa-2 loa-3')).toBe(false)
    expect(meetsLevel('eidas3', 'loa-2')).toBe(false)
  })

  it('is compared whatever spaces stand between those asked for', () => {
    expect(meetsLevel('eidas2', 'eidas2  eidas3')).toBe(true)
    expect(meetsLevel('eidas1', 'eidas2  eidas3')).toBe(false)
  })
})
