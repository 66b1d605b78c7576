import { expect, test } from 'vitest'
import { isSeenByPatients } from './patient-display.ts'

const counter = { label: 'Comptoir', bounds: { x: 0, y: 0, width: 1920, height: 1080 } }
const patients = { label: 'Patients', bounds: { x: 1920, y: 0, width: 1280, height: 1024 } }
const both = [counter, patients]

/** A window of 800 by 500 that begins there. */
function at(x: number, y: number) {
  return { x, y, width: 800, height: 500 }
}

test('what stands on the screen turned to patients is seen, whole or in part', () => {
  for (const patientDisplay of ['Patients', 2]) {
    expect(isSeenByPatients(at(2000, 100), both, patientDisplay)).toBe(true)
    expect(isSeenByPatients(at(1121, 100), both, patientDisplay)).toBe(true)
    expect(isSeenByPatients(at(1120, 100), both, patientDisplay)).toBe(false)
    expect(isSeenByPatients(at(1900, 1024), both, patientDisplay)).toBe(false)
  }
})

test('on the only screen, it is seen where that is the patients’', () => {
  expect(isSeenByPatients(at(100, 100), [counter], 1)).toBe(true)
  expect(isSeenByPatients(at(100, 100), [counter], 'Comptoir')).toBe(true)
  expect(isSeenByPatients(at(100, 100), [counter], 'Patients')).toBe(false)
})

test('when none of several screens has the name or the rank set, any may be theirs', () => {
  expect(isSeenByPatients(at(100, 100), both, 'Écran du public')).toBe(true)
  expect(isSeenByPatients(at(100, 100), both, 3)).toBe(true)
})

test('without a screen for patients, nothing is', () => {
  expect(isSeenByPatients(at(2000, 100), both, null)).toBe(false)
})
