import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../ipc/result.ts'
import { toStorageError } from '../storage/storage-error.ts'
import { shapeOf } from './error-shape.ts'

const sources = new Set(['main.cjs', 'app.cjs', 'password-strength.cjs'])

/** An error as somebody's library may make it. */
function errorWith(properties: object, message = 'girafe tunnel moutarde', cause?: unknown): Error {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), properties)
}

describe('of an error the log says', () => {
  it.each<[string, unknown, string]>([
    ['its kind', new TypeError('https://psc.test/?code=girafe'), 'TypeError'],
    ['its code', errorWith({ code: 'ENOENT', path: '/home/girafe' }), 'Error ENOENT'],
    [
      'the code of SQLite',
      errorWith({ name: 'SqliteError', code: 'SQLITE_BUSY' }),
      'SqliteError SQLITE_BUSY',
    ],
    ['a code with a figure', errorWith({ code: 'ERR_HTTP2_ERROR' }), 'Error ERR_HTTP2_ERROR'],
    [
      'what caused it',
      errorWith({ name: 'ClientError', code: 'OAUTH_TIMEOUT' }, 'x', errorWith({ code: 'ECONNRESET' })),
      'ClientError OAUTH_TIMEOUT < Error ECONNRESET',
    ],
    [
      'what is wrong with the database',
      toStorageError(errorWith({ code: 'SQLITE_FULL' })),
      'StorageError full < Error SQLITE_FULL',
    ],
    ['that it is one of ours', new Refusal('refused', '7K2-49R', { detail: 'girafe' }), 'Refusal'],
  ])('%s', (_, cause, shape) => {
    expect(shapeOf(cause)).toBe(shape)
  })

  it('where it was thrown, in our own files only', () => {
    const stack = [
      'TypeError: girafe',
      '    at girafe (/opt/Comptoir/resources/app.asar/dist/main/app.cjs:1:23456)',
      '    at C:\\Program Files\\Comptoir\\dist\\main\\main.cjs:12:3',
      '    at girafe (/home/girafe/girafe.cjs:1:2)',
      '    at node:internal/process:1:2',
    ].join('\n')
    expect(shapeOf(errorWith({ stack }), sources)).toBe('Error at app.cjs:1:23456 main.cjs:12:3')
  })

  it.each([
    ['a text', 'girafe'],
    ['nothing', undefined],
    ['an object', { message: 'girafe', code: 'ENOENT' }],
  ])('nothing where %s was thrown', (_, cause) => {
    expect(shapeOf(cause, sources)).toBe('not an error')
  })

  it.each([
    ['a name that is a text', { name: 'girafe tunnel' }],
    ['a name in words', { name: 'Girafe' }],
    ['a code that is a text', { code: 'girafe' }],
    ['a code that is a token', { code: 'A1B2C3D4E5F6' }],
    ['a number for a code', { code: 12 }],
  ])('no more than that for %s', (_, properties) => {
    expect(shapeOf(errorWith(properties))).toBe('Error')
  })

  it('no more than that when it refuses to say', () => {
    const stubborn = new Error('girafe')
    for (const property of ['name', 'code', 'stack', 'cause']) {
      Object.defineProperty(stubborn, property, {
        get: () => {
          throw new Error('girafe')
        },
      })
    }
    expect(shapeOf(stubborn, sources)).toBe('Error')
  })

  it('a few causes of an endless chain', () => {
    const endless = errorWith({})
    endless.cause = endless
    expect(shapeOf(endless)).toBe('Error < Error < Error < Error')
  })
})

/** All that can be said. */
const grammar =
  /^[A-Z][A-Za-z]*(?: [a-z-]+)?(?: [A-Z_]+\d?[A-Z_]*)?(?: < [A-Z][A-Za-z]*(?: [a-z-]+)?(?: [A-Z_]+\d?[A-Z_]*)?)*(?: at(?: (?:main|app|password-strength)\.cjs:\d+:\d+)+)?$/u

/** What is written nowhere: no word of a name or of a code is made of these. */
const secret = fc
  .tuple(fc.constantFrom('g', 'É', '9', '-', '_'), fc.base64String({ minLength: 8, maxLength: 60 }))
  .map(([first, rest]) => `${first}${rest}9z`)
/** Texts as they come: with lines, paths, addresses and frames around what is secret. */
const text = fc
  .tuple(
    fc.constantFrom('', 'https://psc.test/?code=', 'Error: ', '\n    at ', '    at x (/a/dist/main/', 'x\n'),
    secret,
    fc.constantFrom('', '\n    at app.cjs:1:2', '.cjs:1:2)', ' (/a/dist/main/main.cjs:1:2)', '\u2028'),
  )
  .map(([before, hidden, after]) => ({ hidden, whole: `${before}${hidden}${after}` }))

const level = fc.record({
  message: text,
  name: text,
  code: text,
  stack: text,
  path: text,
  detail: text,
})

describe('whatever an error carries', () => {
  it('the log says nothing but names, codes and our own places', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 6 }), (levels) => {
        let thrown: Error | undefined
        for (const { message, ...rest } of levels) {
          const properties = Object.fromEntries(
            Object.entries(rest).map(([property, { whole }]) => [property, whole]),
          )
          thrown = errorWith(properties, message.whole, thrown)
        }
        const shape = shapeOf(thrown, sources)
        expect(shape).toMatch(grammar)
        for (const { hidden } of levels.flatMap((one) => Object.values(one)))
          expect(shape).not.toContain(hidden)
      }),
      { numRuns: 2000 },
    )
  })

  it('the log says nothing but that, of any value', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(shapeOf(thrown, sources)).toBe('not an error')
      }),
    )
  })
})
