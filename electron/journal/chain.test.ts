import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, firstPreviousHash, hashOf, hashOfStored, verifyChain } from './chain.ts'
import type { ChainedRow, JournalRow } from './chain.ts'
import { anyRow, chained } from './testing/chains.ts'

const row: JournalRow = {
  seq: 1,
  at: '2026-03-02T08:00:00.000Z',
  workstation: 'w',
  operatorId: null,
  operatorCode: null,
  kind: 'program.started',
  outcome: 'done',
  means: null,
  module: null,
  reference: null,
  details: { version: '0.1.0' },
}

function forge(original: ChainedRow | undefined, change: Partial<ChainedRow>): ChainedRow[] {
  return original === undefined ? [] : [{ ...original, ...change }]
}

describe('hashOf', () => {
  it('is SHA-256 of the previous hash followed by the canonical JSON', () => {
    // Computed apart: printf '%s%s' 000…0 '{"at":…}' | sha256sum
    expect(hashOf(firstPreviousHash, row)).toBe(
      'd85a948ee39604666e3dcc1d8f2ab1f1127f2673e62f8507cef271e9baa7d287',
    )
  })

  it('does not depend on the order of the keys', () => {
    const { seq, ...rest } = row
    const reordered: JournalRow = { ...rest, seq }
    expect(hashOf(firstPreviousHash, reordered)).toBe(hashOf(firstPreviousHash, row))
  })

  it('leaves the hash itself out', () => {
    const withHash: ChainedRow = { ...row, hash: 'whatever' }
    expect(hashOf(firstPreviousHash, withHash)).toBe(hashOf(firstPreviousHash, row))
  })
})

describe('hashOfStored', () => {
  it('is the same hash, from the details as they are stored', () => {
    fc.assert(
      fc.property(anyRow, fc.integer({ min: 1 }), fc.string(), (unnumbered, seq, previousHash) => {
        const numbered = { ...unnumbered, seq }
        const stored = { ...numbered, details: canonicalJson(numbered.details) }
        expect(hashOfStored(previousHash, stored)).toBe(hashOf(previousHash, numbered))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('canonicalJson', () => {
  it('follows RFC 8785', () => {
    const value = { '\u20ac': 'Euro Sign', '\r': 'CR', '1': [1e30, 4.5, 2e-3], a: { z: null, b: true } }
    expect(canonicalJson(value)).toBe(
      '{"\\r":"CR","1":[1e+30,4.5,0.002],"a":{"b":true,"z":null},"\u20ac":"Euro Sign"}',
    )
  })
})

describe('verifyChain', () => {
  it('accepts an empty journal', () => {
    expect(verifyChain([])).toEqual({ ok: true, rows: 0 })
  })

  it('accepts every chain that was written', () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        expect(verifyChain(chained(rows))).toEqual({ ok: true, rows: rows.length })
      }),
    )
  })

  it('names the row whose content was changed', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1 }), fc.nat(), fc.string(), (rows, place, kind) => {
        const chain = chained(rows)
        const index = place % chain.length
        fc.pre(chain[index]?.kind !== kind)
        const tampered = [
          ...chain.slice(0, index),
          ...forge(chain[index], { kind }),
          ...chain.slice(index + 1),
        ]
        expect(verifyChain(tampered)).toEqual({ ok: false, seq: index + 1, reason: 'hash' })
      }),
    )
  })

  it('names the row after one that was changed and hashed again', () => {
    const chain = chained([row, row, row])
    const forged = { ...row, seq: 2, kind: 'forged' }
    const hash = hashOf(chain[0]?.hash ?? '', forged)
    const tampered = [...chain.slice(0, 1), { ...forged, hash }, ...chain.slice(2)]
    expect(verifyChain(tampered)).toEqual({ ok: false, seq: 3, reason: 'hash' })
  })

  it('names the number of a row that is missing, the first one included', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 2 }), fc.nat(), (rows, place) => {
        const index = place % (rows.length - 1)
        const holed = chained(rows).filter((each) => each.seq !== index + 1)
        expect(verifyChain(holed)).toEqual({ ok: false, seq: index + 1, reason: 'missing' })
      }),
    )
  })

  it('begins after the last row that was let go', () => {
    const chain = chained([row, row, row])
    expect(verifyChain(chain.slice(2), chain[1])).toEqual({ ok: true, rows: 1 })
    expect(verifyChain(chain.slice(2), chain[0])).toEqual({ ok: false, seq: 2, reason: 'missing' })
    const other = { seq: 2, hash: firstPreviousHash }
    expect(verifyChain(chain.slice(2), other)).toEqual({ ok: false, seq: 3, reason: 'hash' })
  })

  it('sees two rows that changed places', () => {
    const [first, second] = chained([row, { ...row, kind: 'program.stopped' }])
    if (first === undefined || second === undefined) throw new Error('two rows expected')
    const swapped = [
      { ...second, seq: 1 },
      { ...first, seq: 2 },
    ]
    expect(verifyChain(swapped)).toEqual({ ok: false, seq: 1, reason: 'hash' })
  })
})
