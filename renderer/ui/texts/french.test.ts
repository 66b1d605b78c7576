import { describe, expect, it } from 'vitest'
import { dayOf, fr, measured } from './french.ts'

describe('French typography', () => {
  it('keeps together what is never broken', () => {
    expect(fr('Code : 8 chiffres ? « oui » · 2 essais › fin')).toBe(
      'Code\u00A0: 8\u00A0chiffres\u00A0? «\u00A0oui\u00A0»\u00A0· 2\u00A0essais\u00A0› fin',
    )
  })
})

describe('a day', () => {
  it('is written out, the first as « 1er »', () => {
    expect(dayOf('2027-03-01T12:00:00Z')).toBe('1er\u00A0mars\u00A02027')
    expect(dayOf('2026-08-30T12:00:00Z')).toBe('30\u00A0août\u00A02026')
  })
})

describe('a measured time', () => {
  it.each([
    [0, '0 ms'],
    [49, '49 ms'],
    [50, '0,1 s'],
    [949, '0,9 s'],
    [950, '1,0 s'],
    [12_345, '12,3 s'],
  ])('%d ms is « %s »', (milliseconds, text) => {
    expect(measured(milliseconds).replaceAll('\u00A0', ' ')).toBe(text)
  })
})
