import { describe, expect, test } from 'vitest'
import { guessableWords, wrongNewPassword } from './new-password.ts'
import { texts } from './texts.ts'

const { missing, different } = texts.firstRun

describe('wrongNewPassword', () => {
  test('wants the password twice, the same', () => {
    expect(wrongNewPassword({ password: 'lune pile', passwordAgain: 'lune pile' })).toEqual({})
    expect(wrongNewPassword({ password: '', passwordAgain: '' })).toEqual({
      password: missing,
      passwordAgain: missing,
    })
    expect(wrongNewPassword({ password: 'lune pile', passwordAgain: 'lune' })).toEqual({
      passwordAgain: different,
    })
  })
})

test('names and code are what somebody would guess first', () => {
  expect(guessableWords(['Claire', 'DE LA TOUR'], ' clt ')).toEqual(['Claire', 'DE', 'LA', 'TOUR', 'clt'])
  expect(guessableWords(['', ''], '')).toEqual([])
})
