import { describe, expect, test } from 'vitest'
import { createScanner, type Stroke, type Verdict } from './scanner.ts'

const field = { name: 'code' }

/** One key per character, then the named ones. */
function keys(characters: string, ...named: readonly string[]): string[] {
  return [...characters.split(''), ...named]
}

/** Shows `strokes` to a new scanner, `gap` ms apart, as if typed into `target`. */
function typing(strokes: readonly string[], gap: number, target: object = field, editable = true): Verdict[] {
  const judge = createScanner()
  return strokes.map((key, index) => judge(stroke(key, index * gap, { target, editable })))
}

function stroke(key: string, time: number, more: Partial<Stroke> = {}): Stroke {
  const plain = {
    code: '',
    repeat: false,
    shift: false,
    capsLock: false,
    command: false,
    target: field,
    editable: true,
  }
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

  test('is over once its Enter has come: the next key is a hand', () => {
    const judge = createScanner()
    for (const [index, key] of keys('3400930000000', 'Enter').entries()) judge(stroke(key, index * 5))
    expect(judge(stroke('1', 70))).toBe('start')
    expect(judge(stroke('Enter', 75))).toBe('pass')
  })

  test('leaves alone an Enter pressed by hand after it', () => {
    const judge = createScanner()
    for (const [index, key] of keys('3400930000000').entries()) judge(stroke(key, index * 5))
    expect(judge(stroke('Enter', 60 + 100))).toBe('pass')
  })
})

describe('what is not a barcode', () => {
  test('a badge that types a short code and Enter', () => {
    expect(passes(typing(['1', 'Enter'], 3))).toBe(true)
    expect(passes(typing(keys('PAT042', 'Enter'), 3))).toBe(true)
    expect(passes(typing(keys('1234567', 'Enter'), 3))).toBe(true)
  })

  test('a password typed at machine speed', () => {
    expect(passes(typing(keys('Zephyr-20261122-x', 'Enter'), 1))).toBe(true)
    expect(passes(typing(keys('1234567x20261122', 'Enter'), 1))).toBe(true)
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

describe('a burst that reaches a button', () => {
  const button = { name: 'Déconnecter' }

  test('never presses it with its Enter, nor with a space', () => {
    expect(typing(keys(']C1ABC 12345', 'Enter'), 5, button, false)).toEqual([
      'start',
      ...Array.from({ length: 12 }, () => 'swallow'),
    ])
  })

  test('leaves to the hand its Enter and its F-keys', () => {
    expect(typing(['Enter'], 5, button, false)).toEqual(['pass'])
    expect(typing(['F2', 'F3'], 5, button, false)).toEqual(['pass', 'pass'])
    expect(typing(['a', 'Enter'], 200, button, false)).toEqual(['start', 'pass'])
  })
})
