/** Makes payloads for the windows' calls, at random. */
export type Hostile = {
  /** A number from 0 to 1, the same ones for the same seed. */
  readonly random: () => number
  /** One of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T
  /** A value of any kind that the wire between two processes carries. */
  readonly anything: () => unknown
  /** `sample` with one part changed: taken away, replaced, added to, or put into something else. */
  readonly mutate: (sample: unknown) => unknown
}

/**
 * Payloads at random, the same ones for the same `seed`. It refers to nothing outside itself, so that its own text runs in
 * a page, as the script of an attacker would.
 */
export function createHostile(seed: number): Hostile {
  let state = seed >>> 0
  /** Mulberry32. */
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(random() * limit)
  const pick = <T>(list: readonly T[]): T => {
    for (const picked of list.slice(below(list.length))) return picked
    throw new Error('nothing to pick from')
  }

  /** Whose names mean something to a language, a database, a file system or a page. */
  const words = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'then',
    'length',
    'id',
    'attempt',
    'password',
    "' or 1=1 --",
    '../../etc/passwd',
    'C:\\Windows\\System32',
    '<img src=x onerror=alert(1)>',
    '%s%n',
    '\u0000',
    '\uD800',
    '\u202Egnp.exe',
    '8',
    '-1',
    'NaN',
    'null',
    '',
    ' ',
    'é'.repeat(65),
    'a'.repeat(257),
  ] as const
  const huge = 'x'.repeat(100_000)
  const text = (): string =>
    random() < 0.7
      ? pick(words)
      : String.fromCharCode(...Array.from({ length: below(40) }, () => below(random() < 0.5 ? 128 : 65_536)))

  const scalars: readonly (() => unknown)[] = [
    () => undefined,
    () => null,
    () => random() < 0.5,
    () => below(5) - 1,
    () => random() * 2 ** below(80) * (random() < 0.5 ? -1 : 1),
    () => pick([Number.NaN, Infinity, -Infinity, -0, 2 ** 53, Number.MIN_VALUE, Number.MAX_VALUE]),
    () => BigInt(below(1000)) ** BigInt(below(30)),
    text,
    text,
    text,
    () => (random() < 0.02 ? huge : text()),
    () => new Date(random() < 0.2 ? Number.NaN : below(2 ** 31)),
    () => new Uint8Array(below(64)),
    () => new Float64Array(below(8)),
    () => new ArrayBuffer(below(64)),
    () => new RegExp(pick(['(a+)+$', '.*', '^$']), 'u'),
    () => new Error(text()),
    () => new Map<unknown, unknown>([[text(), text()]]),
    () => new Set([text()]),
  ]
  const usual = { enumerable: true, configurable: true, writable: true }
  /** `name` becomes a property of the object's own, `__proto__` too. */
  const put = (object: Record<string, unknown>, name: string, value: unknown): void => {
    if (name === '__proto__') Object.defineProperty(object, name, { ...usual, value })
    else object[name] = value
  }
  const grow = (depth: number): unknown => {
    const kind = depth === 0 ? 0 : below(8)
    if (kind < 5) return pick(scalars)()
    if (kind === 5) return Array.from({ length: below(5) }, () => grow(depth - 1))
    const object: Record<string, unknown> = {}
    for (let left = below(5); left > 0; left -= 1) put(object, text(), grow(depth - 1))
    return object
  }
  /** What only the shape of an object makes strange. */
  const shaped = (): unknown => {
    switch (below(5)) {
      case 0: {
        const cycle: Record<string, unknown> = {}
        cycle['id'] = cycle
        cycle['attempt'] = [cycle]
        return cycle
      }
      case 1: {
        const deep = {}
        let inner: Record<string, unknown> = deep
        for (let depth = below(400); depth > 0; depth -= 1) {
          const next = {}
          inner['a'] = random() < 0.5 ? next : [next]
          inner = next
        }
        return deep
      }
      case 2:
        return [...Array.from({ length: 3 }, text), ...Array<unknown>(below(5))]
      case 3: {
        const sparse: unknown[] = []
        sparse[below(100_000)] = text()
        return sparse
      }
      default: {
        const wide: Record<string, unknown> = {}
        for (let name = 0; name < 200; name += 1) wide[`k${name}`] = name
        return wide
      }
    }
  }
  const anything = (): unknown => (random() < 0.1 ? shaped() : grow(3))

  const nearby = (value: unknown): unknown => {
    if (typeof value === 'number')
      return pick([value + 1, -value, value + 0.5, String(value), Number.NaN, 2 ** 53])
    if (typeof value !== 'string') return anything()
    switch (below(5)) {
      case 0:
        return value + text()
      case 1:
        return value.repeat(1 + below(300))
      case 2:
        return value.slice(0, below(value.length + 1))
      case 3:
        return [value]
      default:
        return text()
    }
  }
  const mutate = (sample: unknown): unknown => {
    const choice = random()
    if (choice < 0.05) return [sample]
    if (choice < 0.1) return anything()
    if (Array.isArray(sample)) {
      const copy: unknown[] = [...sample]
      const at = below(copy.length + 1)
      if (random() < 0.3) copy.splice(at, 0, anything())
      else if (at < copy.length) copy[at] = mutate(copy[at])
      return copy
    }
    if (typeof sample !== 'object' || sample === null) return random() < 0.5 ? nearby(sample) : anything()
    const copy: Record<string, unknown> = {}
    const entries = Object.entries(sample)
    const at = below(entries.length + 1)
    for (const [index, [name, value]] of entries.entries()) {
      if (index !== at) put(copy, name, value)
      else if (random() < 0.8) put(copy, name, random() < 0.5 ? mutate(value) : nearby(value))
    }
    if (at === entries.length || random() < 0.1) put(copy, text(), anything())
    return copy
  }
  return { random, pick, anything, mutate }
}
