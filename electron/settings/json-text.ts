/** Where something stands in a text; both from 1, the column in UTF-16 units as editors count them. */
export type Position = { readonly line: number; readonly column: number }

/** Why a text is no JSON, in what somebody did to it. */
export type JsonBreak =
  | 'empty'
  /** The text ends before what it began. */
  | 'cut-short'
  | 'comment'
  | 'trailing-comma'
  | 'missing-comma'
  | 'missing-colon'
  | 'bare-key'
  /** Other quotation marks than the straight ones. */
  | 'quotes'
  | 'backslash'
  /** A string that goes on over the end of its line, or has a tab in it. */
  | 'open-string'
  /** True, None, NaN… */
  | 'word'
  | 'number'
  | 'after-the-end'
  | 'too-deep'
  | 'unexpected'

/** A key that an object has twice: the second holds, and whoever wrote the first believes that it does. */
export type Duplicate = {
  readonly path: readonly (string | number)[]
  readonly at: Position
  readonly first: Position
}

export type JsonReading =
  | {
      readonly kind: 'json'
      readonly value: unknown
      readonly duplicates: readonly Duplicate[]
      /** Where the value of a path stands, or its key; of an absent one, where what should hold it does. */
      readonly placeOf: (path: readonly PropertyKey[]) => Position
    }
  | { readonly kind: 'broken'; readonly why: JsonBreak; readonly at: Position }

/** Deeper than any settings; V8 itself has no limit, but what reads the value may. */
const deepest = 64

/**
 * Reads a text as JSON.parse does (RFC 8259), and says in the words of whoever typed it why it is none: JSON.parse's own
 * differ from one V8 to the next, and it keeps silent over keys that are there twice.
 */
export function readJson(text: string): JsonReading {
  const reader = new Reader(text)
  try {
    reader.whole()
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { kind: 'broken', why: error.why, at: positionIn(text, error.offset) }
  }
  const { duplicates, offsets } = reader
  const position = positionsIn(text)
  return {
    kind: 'json',
    value: JSON.parse(text),
    duplicates: duplicates.map(({ path, at, first }) => ({
      path,
      at: position(at),
      first: position(first),
    })),
    placeOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const offset = offsets.get(keyOf(path.slice(0, length)))
        if (offset !== undefined) return position(offset)
      }
      return position(offsets.get(keyOf([])) ?? 0)
    },
  }
}

class Broken extends Error {
  readonly why: JsonBreak
  readonly offset: number

  constructor(why: JsonBreak, offset: number) {
    super(why)
    this.why = why
    this.offset = offset
  }
}

const spaces = /[\t\n\r ]*/uy
// The control characters that RFC 8259 refuses in a string are the first 32.
const plainPart = /(?:[^"\\\p{Cc}]|[\u007F-\u009F])*/uy
const escape = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/uy
const cutEscape = /\\(?:u[\dA-Fa-f]{0,3})?$/uy
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?/uy
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const literals = ['true', 'false', 'null']

class Reader {
  readonly duplicates: { path: (string | number)[]; at: number; first: number }[] = []
  /** Of each value, where it or its key begins. */
  readonly offsets = new Map<string, number>()
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): void {
    this.#space()
    if (this.#at === this.#text.length) this.#fail('empty')
    this.offsets.set(keyOf([]), this.#at)
    this.#value([])
    this.#space()
    if (this.#at < this.#text.length) this.#fail(this.#next() === ',' ? 'unexpected' : 'after-the-end')
  }

  #value(path: (string | number)[]): void {
    if (path.length > deepest) this.#fail('too-deep')
    switch (this.#next()) {
      case '{':
        return this.#object(path)
      case '[':
        return this.#array(path)
      case '"':
        return void this.#string()
      default:
        return this.#scalar()
    }
  }

  #object(path: (string | number)[]): void {
    const keys = new Map<string, number>()
    this.#items('}', () => {
      const at = this.#at
      if (this.#next() !== '"') this.#fail(this.#take(word) === '' ? this.#oddity() : 'bare-key', at)
      const key = this.#string()
      const inside = [...path, key]
      const first = keys.get(key)
      if (first === undefined) keys.set(key, at)
      else this.duplicates.push({ path: inside, at, first })
      this.offsets.set(keyOf(inside), at)
      this.#space()
      if (this.#next() !== ':') this.#fail(this.#ended() ? 'cut-short' : 'missing-colon')
      this.#at += 1
      this.#space()
      this.#value(inside)
    })
  }

  #array(path: (string | number)[]): void {
    let index = 0
    this.#items(']', () => {
      const inside = [...path, index++]
      this.offsets.set(keyOf(inside), this.#at)
      this.#value(inside)
    })
  }

  /** From the opening bracket to `end`. */
  #items(end: '}' | ']', item: () => void): void {
    this.#at += 1
    this.#space()
    if (this.#next() === end) {
      this.#at += 1
      return
    }
    for (;;) {
      item()
      this.#space()
      if (this.#next() === end) break
      if (this.#next() !== ',') this.#fail(this.#ended() ? 'cut-short' : this.#afterItem())
      this.#at += 1
      this.#space()
      if (this.#next() === end) this.#fail('trailing-comma')
    }
    this.#at += 1
  }

  #afterItem(): JsonBreak {
    const oddity = this.#oddity()
    if (oddity === 'comment') return oddity
    return /["{[\d\p{L}-]/u.test(this.#next()) ? 'missing-comma' : oddity
  }

  /** Past the string, which it returns. */
  #string(): string {
    const begin = this.#at
    this.#at += 1
    for (;;) {
      this.#take(plainPart)
      const next = this.#next()
      if (next === '"') break
      if (this.#ended() || this.#take(cutEscape) !== '') this.#fail('cut-short', this.#text.length)
      if (next !== '\\') this.#fail('open-string')
      if (this.#take(escape) === '') this.#fail('backslash')
    }
    this.#at += 1
    const value: unknown = JSON.parse(this.#text.slice(begin, this.#at))
    return String(value)
  }

  #scalar(): void {
    const begin = this.#at
    const typed = this.#take(word)
    if (literals.includes(typed)) return
    if (typed !== '') this.#fail(this.#isCut(begin) ? 'cut-short' : 'word', begin)
    if (this.#ended()) this.#fail('cut-short')
    if (this.#take(number) === '') {
      this.#fail(/^-?$/u.test(this.#text.slice(begin)) ? 'cut-short' : this.#oddity())
    }
    // 007, 1., 0x1F, 1e
    if (/[\d.\p{L}+]/u.test(this.#next())) {
      this.#fail(/^[.Ee][+-]?$/u.test(this.#text.slice(this.#at)) ? 'cut-short' : 'number', begin)
    }
  }

  /** Whether the text ends within one of the literals. */
  #isCut(begin: number): boolean {
    return this.#ended() && literals.some((literal) => literal.startsWith(this.#text.slice(begin)))
  }

  /** What a character that begins nothing is there for. */
  #oddity(): JsonBreak {
    if (this.#ended()) return 'cut-short'
    if (/^(?:\/[/*]|#)/u.test(this.#text.slice(this.#at, this.#at + 2))) return 'comment'
    const next = this.#next()
    if (/['`‘’“”„«»]/u.test(next)) return 'quotes'
    return /[+.\d]/u.test(next) ? 'number' : 'unexpected'
  }

  #space(): void {
    this.#take(spaces)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #next(): string {
    return this.#text.charAt(this.#at)
  }

  #ended(): boolean {
    return this.#at >= this.#text.length
  }

  #fail(why: JsonBreak, offset = this.#at): never {
    throw new Broken(why, why === 'cut-short' ? this.#text.trimEnd().length : offset)
  }
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String))
}

/** Where an offset stands; a line ends as any system ends it. */
export function positionIn(text: string, offset: number): Position {
  return positionsIn(text)(offset)
}

/** The same for many offsets: a file may have thousands of faults, and its lines are counted once. */
function positionsIn(text: string): (offset: number) => Position {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/gu), ({ 0: end, index }) => index + end.length)]
  return (offset) => {
    let [line, after] = [0, starts.length]
    while (after - line > 1) {
      const middle = Math.floor((line + after) / 2)
      if ((starts[middle] ?? Infinity) <= offset) line = middle
      else after = middle
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}
