import { describe, expect, it } from 'vitest'
import type { Contact, Desk } from '../contacts.ts'
import { contactTexts } from './contacts.ts'

const known: Contact = {
  name: 'ANS',
  site: 'esante.gouv.fr',
  telephone: { number: '01 99 00 12 34', verified: '2026-03-01' },
}
const unknown: Contact = { ...known, telephone: null }

function plain(text: string): string {
  return text.replaceAll('\u00A0', ' ')
}

describe('whom to call for a lost code', () => {
  it('is the number, where one was verified', () => {
    expect(contactTexts.lostCode(known)).toBe('Code perdu : ANS, 01 99 00 12 34.')
    expect(plain(contactTexts.whom(known))).toBe(
      'ANS : 01 99 00 12 34 (vérifié le 1er mars 2026), esante.gouv.fr',
    )
  })

  it('is the site otherwise: no number is made up', () => {
    expect(contactTexts.lostCode(unknown)).toBe('Code perdu : ANS, esante.gouv.fr.')
    expect(plain(contactTexts.whom(unknown))).toBe('ANS : esante.gouv.fr')
  })
})

describe('whom to write to', () => {
  const desk: Desk = {
    name: 'ANS, raccordement',
    site: 'esante.gouv.fr',
    email: 'editeurs@example.fr',
    verified: '2026-03-01',
  }

  it('is an address with the day it was verified', () => {
    expect(plain(contactTexts.desk(desk))).toBe(
      'ANS, raccordement : editeurs@example.fr (vérifiée le 1er mars 2026), esante.gouv.fr',
    )
  })

  it('is said to be verified by the reader where nobody has', () => {
    expect(plain(contactTexts.desk({ ...desk, verified: null }))).toBe(
      'ANS, raccordement : editeurs@example.fr (adresse à vérifier sur esante.gouv.fr)',
    )
  })
})
