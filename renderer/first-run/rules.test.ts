import { describe, expect, test } from 'vitest'
import { texts } from '../ui/texts.ts'
import { nothingTyped, rppsWarning, type Typed, wrongFields } from './rules.ts'

const words = texts.firstRun
const right: Typed = {
  installationCode: '',
  firstName: 'Claire',
  lastName: 'Titulaire',
  code: 'clt',
  rpps: '',
  password: 'cheval pile agrafe lune',
  passwordAgain: 'cheval pile agrafe lune',
}

describe('wrongFields', () => {
  test('finds nothing wrong with what is right, the RPPS being optional', () => {
    expect(wrongFields(right, false)).toEqual({})
    expect(wrongFields({ ...right, rpps: '8 99700218897' }, false)).toEqual({})
  })

  test('asks for all but the RPPS', () => {
    expect(wrongFields(nothingTyped, false)).toEqual({
      firstName: words.missing,
      lastName: words.missing,
      code: words.missing,
      password: words.missing,
      passwordAgain: words.missing,
    })
  })

  test('asks for the code of the installation where it is needed', () => {
    expect(wrongFields(right, true)).toEqual({ installationCode: words.missing })
    expect(wrongFields({ ...right, installationCode: 'K7QP-2MXA-93TD' }, true)).toEqual({})
  })

  test('says what a code, an RPPS and a repeated password are', () => {
    expect(wrongFields({ ...right, code: 'a b' }, false).code).toBe(words.codeInvalid)
    expect(wrongFields({ ...right, code: 'ABCDEFG' }, false).code).toBe(words.codeInvalid)
    expect(wrongFields({ ...right, rpps: '1234' }, false).rpps).toBe(words.rppsInvalid)
    expect(wrongFields({ ...right, passwordAgain: 'cheval' }, false).passwordAgain).toBe(words.different)
  })
})

describe('rppsWarning', () => {
  test('doubts a wrong key, and says nothing of what is no RPPS', () => {
    expect(rppsWarning('99700218897')).toBe(words.rppsKey)
    expect(rppsWarning('99700218896')).toBeNull()
    expect(rppsWarning('12')).toBeNull()
    expect(rppsWarning('')).toBeNull()
  })
})
