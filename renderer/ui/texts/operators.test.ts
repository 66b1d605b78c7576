import { describe, expect, test } from 'vitest'
import { fr } from './french.ts'
import { datesText, dayText, operatorTexts } from './operators.ts'

describe('the texts of « Opérateurs »', () => {
  test('break no line before a colon, nor inside « »', () => {
    const written = textsOf(operatorTexts)
    expect(written.length).toBeGreaterThan(100)
    // The columns of a list are a file's, not French.
    const { columns, example } = operatorTexts.importing
    const french = written.filter((text) => text !== columns && text !== example)
    expect(french.filter((text) => text !== fr(text))).toEqual([])
  })

  test('tell days as they are here, whatever the time zone', () => {
    expect(dayText('2027-03-01')).toBe('1er\u00A0mars\u00A02027')
    expect(datesText('2027-03-01', '2027-08-31')).toBe('Du 1er\u00A0mars\u00A02027 au 31\u00A0août\u00A02027')
    expect(datesText(null, '2027-08-31')).toBe("Jusqu'au 31\u00A0août\u00A02027")
    expect(datesText('2027-03-01', null)).toBe('À partir du 1er\u00A0mars\u00A02027')
    expect(datesText(null, null)).toBeNull()
  })

  test('count in French', () => {
    const { count, importing } = operatorTexts
    expect([count(0), count(1), count(10_000)]).toEqual([
      'Aucun opérateur',
      '1\u00A0opérateur',
      '10\u202F000\u00A0opérateurs',
    ])
    expect(importing.create(1)).toBe("Créer l'opérateur")
    expect(importing.create(4)).toBe('Créer les 4\u00A0opérateurs')
  })
})

/** Every text there is, those that are made of something made of what they are given. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return textsOf(Reflect.apply(value, undefined, ['2', '2027-03-01', '3']))
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
