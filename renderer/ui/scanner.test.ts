import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { badgeCharacters, burstGap, createScanner, endGap, type Stroke, type Verdict } from './scanner.ts'

const field = { name: 'code' }

/** One key per character, then the named ones. */
function keys(characters: string, ...named: readonly string[]): string[] {
  return [...characters.split(''), ...named]
}

/** Shows `strokes` to a new scanner, `gap` ms apart, as if typed into `target`. */
function typing(
  strokes: readonly string[],
  gap: number,
  holds: Stroke['holds'] = 'text',
  target: object = field,
): Verdict[] {
  const judge = createScanner()
  return strokes.map((key, index) => judge(stroke(key, index * gap, { target, holds })))
}

function stroke(key: string, time: number, more: Partial<Stroke> = {}): Stroke {
  const plain = {
    code: '',
    repeat: false,
    shift: false,
    capsLock: false,
    command: false,
    target: field,
    holds: 'text',
  } as const
  return { key, time, ...plain, ...more }
}

const passes = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every((verdict) => verdict === 'pass' || verdict === 'start')

describe('a product barcode', () => {
  test('is known by its first eight digits, and all that follows is swallowed', () => {
    const verdicts = typing(keys('3400930000000', 'Enter'), 5)
    expect(verdicts[0]).toBe('start')
    expect(verdicts.slice(1, 7)).toEqual(Array.from({ length: 6 }, () => 'pass'))
    expect(verdicts[7]).toBe('barcode')
    expect(verdicts.slice(8)).toEqual(Array.from({ length: 6 }, () => 'swallow'))
  })

  test('swallows its letters, its separators and the Tab that ends it', () => {
    expect(typing([...keys('01034009', 'F8'), ...keys('10LOT42', 'Tab')], 5).slice(7)).toEqual([
      'barcode',
      ...Array.from({ length: 9 }, () => 'swallow'),
    ])
  })

  test('of exactly eight digits is one too', () => {
    expect(typing(keys('12345678'), 29)[7]).toBe('barcode')
  })

  test('is known on a French keyboard, where each digit comes with Shift', () => {
    const strokes = keys('34009300').flatMap((digit) => ['Shift', digit])
    expect(typing(strokes, 4).at(-1)).toBe('barcode')
  })

  test('is known by its physical keys when Caps Lock turns digits into signs', () => {
    const judge = createScanner()
    const verdicts = ['&', 'é', '"', "'", '(', '-', 'è', '_'].map((key, index) =>
      judge(stroke(key, index * 5, { code: `Digit${index + 1}`, shift: true, capsLock: true })),
    )
    expect(verdicts.at(-1)).toBe('barcode')
  })

  test('goes on being swallowed when the focus moves meanwhile', () => {
    const judge = createScanner()
    for (const [index, key] of keys('34009300').entries()) judge(stroke(key, index * 5))
    expect(judge(stroke('1', 40, { target: { name: 'password' } }))).toBe('swallow')
    expect(judge(stroke('Enter', 120, { target: { name: 'password' } }))).toBe('swallow')
  })

  test('is over once its Enter has come: what comes next is judged for itself', () => {
    const judge = createScanner()
    for (const [index, key] of keys('3400930000000', 'Enter').entries()) judge(stroke(key, index * 5))
    expect(judge(stroke('1', 70))).toBe('start')
    expect(judge(stroke('Enter', 75))).toBe('badge')
    expect(judge(stroke('1', 200))).toBe('start')
    expect(judge(stroke('Enter', 240))).toBe('pass')
  })

  test('leaves alone an Enter pressed by hand after it', () => {
    const judge = createScanner()
    for (const [index, key] of keys('3400930000000').entries()) judge(stroke(key, index * 5))
    expect(judge(stroke('Enter', 60 + 100))).toBe('pass')
  })
})

describe('what is not a barcode', () => {
  test('a password typed at machine speed: it stays, and its Enter is told', () => {
    for (const password of ['Zephyr-20261122-x', '1234567x20261122']) {
      const verdicts = typing(keys(password, 'Enter'), 1)
      expect(passes(verdicts.slice(0, -1))).toBe(true)
      expect(verdicts.at(-1)).toBe('fast')
    }
  })

  test('what two fingers strike nearly together', () => {
    expect(passes(typing(['1', 'Enter'], burstGap, 'code'))).toBe(true)
    expect(passes(typing(['-', '+', 'Enter'], 20))).toBe(true)
  })

  test('eight digits typed by hand, even fast', () => {
    expect(passes(typing(keys('12345678', 'Enter'), 30))).toBe(true)
    expect(passes(typing(keys('12345678', 'Enter'), 90))).toBe(true)
  })

  test('a digit held down', () => {
    const judge = createScanner()
    judge(stroke('1', 0))
    for (let time = 5; time < 200; time += 5) expect(judge(stroke('1', time, { repeat: true }))).toBe('pass')
  })

  test('a code, then a password beginning with digits in the next field', () => {
    const judge = createScanner()
    const verdicts = keys('1234').map((key, index) => judge(stroke(key, index * 5)))
    const next = keys('5678-abc').map((key, index) =>
      judge(stroke(key, 20 + index * 5, { target: { name: 'password' } })),
    )
    expect(passes([...verdicts, ...next])).toBe(true)
  })

  test('a shortcut with Ctrl or Alt', () => {
    const judge = createScanner()
    expect(judge(stroke('v', 0, { command: true }))).toBe('pass')
    expect(judge(stroke('p', 5, { command: true }))).toBe('pass')
  })
})

describe('a badge', () => {
  test.each([
    ['1', 'Enter'],
    ['PAT042', 'Enter'],
    ['12', 'Tab'],
  ])('types %s and %s', (code, end) => {
    for (const holds of ['code', 'text'] as const) {
      const verdicts = typing(keys(code, end), 3, holds)
      expect(passes(verdicts.slice(0, -1))).toBe(true)
      expect(verdicts.at(-1)).toBe('badge')
    }
  })

  test('may wait a little before its Enter, and send a line feed after it', () => {
    const judge = createScanner()
    for (const [index, key] of keys('12').entries()) judge(stroke(key, index * 5))
    expect(judge(stroke('Enter', 80))).toBe('badge')
    expect(judge(stroke('Enter', 85, { target: { name: 'password' } }))).toBe('swallow')
    expect(judge(stroke('Enter', 85 + burstGap, { target: { name: 'password' } }))).toBe('pass')
  })

  test('nor any other short burst, a line of a QR code, is sent: three keys so near are no hand', () => {
    expect(typing(keys('N:X', 'Enter'), 3).at(-1)).toBe('fast')
    expect(typing(keys('a;', 'Enter'), 20).at(-1)).toBe('pass')
  })

  test('read with Caps Lock, or by a keyboard set to capitals, is one too', () => {
    const judge = createScanner()
    const capital = { shift: true, holds: 'code' } as const
    expect(judge(stroke('P', 0, capital))).toBe('start')
    expect(judge(stroke('Shift', 3, capital))).toBe('pass')
    expect(judge(stroke('A', 5, capital))).toBe('pass')
    expect(judge(stroke('Enter', 10, { holds: 'code' }))).toBe('badge')
  })
})

function afterTheBarcode(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.slice(verdicts.indexOf('barcode') + 1)
}

describe('a burst where a code is typed', () => {
  test.each([
    ['an EAN-13', '3400930000120'],
    ['an EAN-8', '96385074'],
    ['a CIP in Code 39', 'CIP3400930'],
    ['GS1 with its identifier', ']C10103400930000120'],
    ["a medicine's DataMatrix", `01034009300001201726063010LOT42\u001D21ABC`],
    ['its element in brackets', '(01)03400930000120(17)260630'],
    ["a QR code's address", 'https://exemple.fr/notice'],
  ])('of %s is a barcode', (_what, text) => {
    for (const end of ['Enter', 'Tab']) {
      const verdicts = typing(keys(text, end), 4, 'code')
      expect(verdicts).toContain('barcode')
      expect(afterTheBarcode(verdicts).every((verdict) => verdict === 'swallow')).toBe(true)
    }
  })

  test.each([
    ['GS1 with its identifier', ']d20103400930'],
    ["a QR code's address", 'HTTPS://exemple.fr'],
  ])('of %s is known in a password too', (_what, text) => {
    const verdicts = typing(keys(text, 'Enter'), 4)
    expect(verdicts).toContain('barcode')
    expect(verdicts.at(-1)).toBe('swallow')
  })

  test('sent by Alt and figures is one burst, whose Enter submits nothing', () => {
    const judge = createScanner()
    const alt = (time: number) => judge(stroke('0', time, { code: 'Numpad0', command: true, holds: 'code' }))
    const verdicts = Array.from({ length: 12 }, (_, index) => alt(index * 4))
    verdicts.push(judge(stroke('Enter', 48, { holds: 'code' })))
    expect(verdicts).toContain('barcode')
    expect(verdicts.at(-1)).toBe('swallow')
  })
})

describe('whatever is typed', () => {
  const key = fc.oneof(
    fc.constantFrom(
      '0',
      '1',
      '9',
      'a',
      'Z',
      ']',
      '(',
      ' ',
      '\u001D',
      'Enter',
      'Tab',
      'F8',
      'Shift',
      'Escape',
    ),
    fc.string({ minLength: 1, maxLength: 1 }),
  )
  const holds = fc.constantFrom('code', 'text', 'nothing')

  test('a hand is never hindered', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.integer({ min: burstGap, max: 400 })), { maxLength: 60 }),
        holds,
        (typed, place) => {
          const judge = createScanner()
          let time = 0
          for (const [pressed, gap] of typed) {
            time += gap
            const verdict = judge(stroke(pressed, time, { holds: place }))
            expect(['pass', 'start']).toContain(verdict)
          }
        },
      ),
    )
  })

  test('a key held down is never hindered, in whatever it is held', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 12 }), key, holds, (before, held, place) => {
        const judge = createScanner()
        before.forEach((pressed, index) => judge(stroke(pressed, index * 3, { holds: place })))
        for (let time = 40; time < 200; time += 5) {
          expect(judge(stroke(held, time, { repeat: true, holds: place }))).toBe('pass')
        }
      }),
    )
  })

  test('a burst longer than a badge submits nothing, nor moves the focus', () => {
    const character = fc.stringMatching(/^[ -~]$/u)
    const burst = fc.array(character, { minLength: badgeCharacters + 1, maxLength: 60 })
    fc.assert(
      fc.property(
        burst,
        fc.array(fc.integer({ min: 0, max: burstGap - 1 }), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 0, max: endGap - 1 }),
        fc.constantFrom('Enter', 'Tab'),
        holds,
        (characters, gaps, wait, end, place) => {
          const judge = createScanner()
          let time = 0
          for (const [index, character] of characters.entries()) {
            judge(stroke(character, time, { holds: place }))
            time += index === characters.length - 1 ? wait : (gaps[index] ?? 0)
          }
          expect(['swallow', 'fast']).toContain(judge(stroke(end, time, { holds: place })))
        },
      ),
    )
  })

  test('eight digits and anything after them leave nothing behind', () => {
    const digits = fc.stringMatching(/^\d{8}$/u)
    fc.assert(
      fc.property(digits, fc.array(key, { maxLength: 40 }), holds, (head, tail, place) => {
        const judge = createScanner()
        const verdicts = [...head.split(''), ...tail].map((pressed, index) =>
          judge(stroke(pressed, index * 2, { holds: place })),
        )
        const ended = tail.findIndex((pressed) => pressed === 'Enter' || pressed === 'Tab')
        const burst = verdicts.slice(0, ended === -1 ? verdicts.length : 8 + ended + 1)
        const after = burst.slice(burst.indexOf('barcode') + 1)
        const pressed = [...head.split(''), ...tail].slice(burst.indexOf('barcode') + 1, burst.length)
        // Shift types nothing by itself.
        expect(
          after.filter((_, index) => pressed[index] !== 'Shift').every((verdict) => verdict === 'swallow'),
        ).toBe(true)
      }),
    )
  })
})

describe('a burst that reaches a button', () => {
  const button = { name: 'Déconnecter' }

  test('of one character, a badge, never presses it either', () => {
    for (const end of ['Enter', 'Tab']) {
      expect(typing(['1', end], burstGap - 1, 'nothing', button)).toEqual(['start', 'swallow'])
    }
  })

  test('never presses it with its Enter, nor with a space', () => {
    expect(typing(keys('ABC 12345678', 'Enter'), 5, 'nothing', button)).toEqual([
      'start',
      ...Array.from({ length: 12 }, () => 'swallow'),
    ])
  })

  test('leaves to the hand its Enter and its F-keys', () => {
    expect(typing(['Enter'], 5, 'nothing', button)).toEqual(['pass'])
    expect(typing(['F2', 'F3'], 5, 'nothing', button)).toEqual(['pass', 'pass'])
    expect(typing(['a', 'Enter'], 200, 'nothing', button)).toEqual(['start', 'pass'])
  })
})
