import { describe, expect, test } from 'vitest'
import type { OperatorForm, OperatorSheet } from '../../electron/ipc/operator-views.ts'
import { texts } from '../ui/texts.ts'
import { possibleActions } from './possible.ts'
import { asksPassword, blankForm, formOf, isEdited, rppsWarning, wrongFields } from './rules.ts'

const words = texts.operators.form
const right: OperatorForm = { ...blankForm('3'), firstName: 'Aurélie', lastName: 'Lefèvre' }
const sheet: OperatorSheet = {
  id: 'id-1',
  code: '1',
  name: 'PATRICIA ADJOINTPHARM',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: '99700261797',
  presence: 'active',
  blocked: false,
  provisional: false,
  firstDay: null,
  lastDay: null,
  rights: [],
  createdAt: '2026-01-01T08:00:00.000Z',
  departedAt: null,
  cardUntil: null,
  changedAt: '2026-01-01T08:00:00.000Z',
  logins: [],
  reservedToTitulaires: false,
  lastTitulaire: false,
}

function names(of: OperatorSheet): string[] {
  return possibleActions(of, '0').map(({ action }) => action)
}

function hindered(of: OperatorSheet, ownCode: string): string[] {
  return possibleActions(of, ownCode).flatMap(({ action, hindrance }) =>
    hindrance === null ? [] : [`${action}: ${hindrance}`],
  )
}

describe('the form', () => {
  test('asks for the names and the code, and leaves the rest to choose', () => {
    expect(wrongFields(right)).toEqual({})
    expect(wrongFields(blankForm(''))).toEqual({
      firstName: words.missing,
      lastName: words.missing,
      code: words.missing,
    })
  })

  test('says what is wrong with a code, an RPPS and dates', () => {
    expect(wrongFields({ ...right, code: 'ABCDEFG' })).toEqual({ code: words.codeInvalid })
    expect(wrongFields({ ...right, rpps: '1234' })).toEqual({ rpps: words.rppsInvalid })
    const dates = { firstDay: '2027-03-02', lastDay: '2027-03-01' }
    expect(wrongFields({ ...right, ...dates })).toEqual({ lastDay: words.datesReversed })
    expect(wrongFields({ ...right, firstDay: '2027-03-01', lastDay: '2027-03-01' })).toEqual({})
  })

  test('doubts a key that is typed, never an RPPS that is there already', () => {
    expect(rppsWarning('99700218897', null)).toBe(words.rppsKey)
    expect(rppsWarning('8 99700218897', '99700218897')).toBeNull()
    expect(rppsWarning('99700218896', null)).toBeNull()
    expect(rppsWarning('12', null)).toBeNull()
  })

  test('asks for the password where somebody could do more, come in otherwise, or no longer', () => {
    const before = formOf(sheet)
    const asks = (change: Partial<OperatorForm>): boolean =>
      asksPassword({ ...before, ...change }, before, '2027-03-01')
    expect(asksPassword(right, null, '2027-03-01')).toBe(true)
    expect(asks({ lastName: 'MARTIN', lastDay: '2027-03-01' })).toBe(false)
    expect(asks({ lastDay: '2027-02-28' })).toBe(true)
    expect(asks({ role: 'titulaire' })).toBe(true)
    expect(asks({ rpps: '99700218896' })).toBe(true)
    // The same RPPS, as a card writes it.
    expect(asks({ rpps: '8 99700261797' })).toBe(false)
  })

  test('knows what was typed from what was there', () => {
    expect(isEdited(formOf(sheet), formOf(sheet))).toBe(false)
    expect(isEdited({ ...formOf(sheet), firstDay: '2027-03-01' }, formOf(sheet))).toBe(true)
  })
})

describe('the actions', () => {
  test('are those that make sense in the state of the operator', () => {
    expect(names(sheet)).toEqual(['suspend', 'reset-password', 'unlink-rpps', 'depart'])
    expect(names({ ...sheet, presence: 'suspended', blocked: true, rpps: null })).toEqual([
      'unblock',
      'resume',
      'reset-password',
      'depart',
    ])
    expect(names({ ...sheet, presence: 'departed' })).toEqual([])
  })

  test('that cannot be are there, with why', () => {
    expect(hindered(sheet, '0')).toEqual([])
    expect(hindered({ ...sheet, lastTitulaire: true }, '0')).toEqual([
      'suspend: last-titulaire',
      'depart: last-titulaire',
    ])
    expect(hindered(sheet, '1')).toEqual(['reset-password: own-password', 'unlink-rpps: own-trust'])
    expect(hindered({ ...sheet, role: 'titulaire' }, '1')).toEqual(['reset-password: own-password'])
    const reserved = hindered({ ...sheet, reservedToTitulaires: true, lastTitulaire: true }, '0')
    expect(reserved).toHaveLength(4)
    expect(reserved.every((each) => each.endsWith('reserved'))).toBe(true)
  })
})
