import { describe, expect, it } from 'vitest'
import { codeFor } from './code-from-card.ts'

const empty = { code: '', given: '', touched: false }
const given = { code: 'PAT', given: 'PAT', touched: false }

describe('the code of the card in the reader', () => {
  it('is put where nothing was typed', () => {
    expect(codeFor('PAT', empty)).toBe('PAT')
  })

  it('overwrites nothing that was typed, nor what was typed and erased', () => {
    expect(codeFor('PAT', { code: '12', given: '', touched: true })).toBeNull()
    expect(codeFor('PAT', { code: '', given: '', touched: true })).toBeNull()
    expect(codeFor('PAT', { code: '12', given: '', touched: false })).toBeNull()
  })

  it('goes with its card, and gives way to that of another', () => {
    expect(codeFor(null, given)).toBe('')
    expect(codeFor('1', given)).toBe('1')
  })

  it('stays once somebody has typed over it or begun the password', () => {
    expect(codeFor(null, { ...given, touched: true })).toBeNull()
    expect(codeFor(null, { code: 'PATR', given: 'PAT', touched: false })).toBeNull()
  })

  it('is left alone when nothing changes', () => {
    expect(codeFor('PAT', given)).toBeNull()
    expect(codeFor(null, empty)).toBeNull()
  })
})
