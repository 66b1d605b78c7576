import { expect, test } from 'vitest'
import type { Operator } from '../operators/operator.ts'
import {
  admitted,
  ended,
  freshSession,
  locked,
  nobody,
  withOperator,
  type SessionState,
} from '../session/session.ts'
import { fateOf } from './built-in-windows.ts'

const titulaire: Operator = {
  id: 'id-0',
  code: '0',
  firstName: 'Test',
  lastName: 'TITULAIRE',
  role: 'titulaire',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}
const adjoint: Operator = { ...titulaire, id: 'id-1', code: '1', role: 'adjoint', rights: ['read-journal'] }

function after(...coming: Operator[]): SessionState {
  return coming.reduce(
    (state, operator) => admitted(state, freshSession(operator, { kind: 'password' }, 4, new Date(), 0)),
    nobody,
  )
}

test('a page is shown to its operator alone, and closed with their session', () => {
  expect(fateOf('journal', adjoint, after(adjoint))).toBe('shown')
  expect(fateOf('journal', adjoint, locked(after(adjoint), 'idle'))).toBe('hidden')
  expect(fateOf('journal', adjoint, after(adjoint, titulaire))).toBe('hidden')
  expect(fateOf('journal', adjoint, ended(after(adjoint)))).toBe('closed')
  expect(fateOf('journal', adjoint, ended(after(titulaire, adjoint)))).toBe('closed')
})

test('a page is closed when its operator loses the right to it, even away', () => {
  const without: Operator = { ...adjoint, rights: [] }
  const away = after(adjoint, titulaire)
  expect(fateOf('journal', adjoint, withOperator(after(adjoint), without))).toBe('closed')
  expect(fateOf('journal', adjoint, withOperator(away, without))).toBe('closed')
  expect(fateOf('connections', adjoint, withOperator(away, without))).toBe('hidden')
  const demoted: Operator = { ...titulaire, role: 'adjoint' }
  expect(fateOf('operators', titulaire, withOperator(after(titulaire), demoted))).toBe('closed')
})
