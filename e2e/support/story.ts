import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import type { ChainedRow } from '../../electron/journal/chain.ts'
import type { PscTrace } from '../../electron/psc/trace.ts'
import { identities } from '../psc-simulator/identities.ts'
import type { Workstation, WrittenModule, WrittenSettings } from './test.ts'

/** Rows that many stories hold. */
export const cameIn = ['identification.succeeded 1', 'session.connected 1']
export const locked = 'session.locked 1 switch'
export const stopped = 'program.stopped nobody'
/** A try by Pro Santé Connect that somebody gives up. */
export const givenUp = 'identification.failed nobody cancelled'

/** Waits until the journal holds a row of this kind about this module. */
export async function journalled(workstation: Workstation, kind: string, module: string): Promise<void> {
  await expect
    .poll(() => workstation.journal().some((row) => row.kind === kind && row.module === module))
    .toBe(true)
}

/** The last row that holds the reference told with a failure: a try by Pro Santé Connect has one for all of its rows. */
export function rowOfReference(workstation: Workstation, told: string): ChainedRow | undefined {
  const reference = /Réf\. (\S+)/u.exec(told)?.[1]
  expect(reference, `a reference in: ${told}`).toBeDefined()
  return workstation.journal().findLast((row) => row.reference === reference)
}

/**
 * What the journal says since the start, one line a row: kind, operator's code, module, and the word of its details.
 * Fails when a row holds what a journal never does (an address, a program, its arguments, one of `secrets`), or a row of
 * a try by Pro Santé Connect does not hold its trace.
 */
export function story(workstation: Workstation, secrets: readonly string[] = []): string[] {
  const rows = workstation.journal()
  const settings: WrittenSettings = JSON.parse(readFileSync(workstation.config, 'utf8'))
  const never = [...secrets, '://', '127.0.0.1', ...(settings.modules ?? []).flatMap(wordsOf)]
  for (const { operatorCode, module, reference, details } of rows) {
    const said = JSON.stringify({ operatorCode, module, reference, details })
    for (const word of never) expect(said).not.toContain(word)
  }
  expectTraces(rows, settings)
  const started = rows.findIndex(({ kind }) => kind === 'program.started')
  return rows.slice(started + 1).map(line)
}

/** One line of a story. The trace of a try by Pro Santé Connect is checked by `story`; a success tells its level. */
export function line({ kind, operatorCode, module, details }: ChainedRow): string {
  const words = Object.entries(details).filter(
    ([name]) =>
      name !== 'until' &&
      name !== 'version' &&
      (!isOfTrace(name) || (kind === 'identification.succeeded' && (name === 'acr' || name === 'authMode'))),
  )
  return [kind, operatorCode ?? 'nobody', module, ...words.map(([, word]) => wordOf(word))]
    .filter((word) => word !== null && word !== '')
    .map(String)
    .join(' ')
}

/** Every member of a trace, and what it looks like where the try came so far. */
const trace: Record<keyof PscTrace, RegExp> = {
  flow: /^(?:code|ciba)$/u,
  host: /^\S+$/u,
  acr: /^\S{1,64}$/u,
  acrFrom: /^(?:psc|broker)$/u,
  authMode: /^\S{1,64}$/u,
  authTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/u,
  nationalId: /^\S{1,64}$/u,
}

function isOfTrace(name: string): boolean {
  return name in trace
}

/** Each try by Pro Santé Connect has one end at most, and says in every row all that it had learnt. */
function expectTraces(rows: readonly ChainedRow[], { psc }: WrittenSettings): void {
  const ofTries = rows.filter(({ kind, means }) => kind.startsWith('identification.') && means === 'psc')
  const known = identities.map(({ nationalId }) => nationalId)
  const direct = (psc?.clientAuthentication ?? 'none') !== 'none'
  for (const { kind, reference, details } of ofTries) {
    const said = JSON.stringify({ kind, reference, details })
    for (const [name, shape] of Object.entries(trace)) {
      if (details[name] !== null) expect(details[name], said).toMatch(shape)
    }
    const words = Object.keys(details).filter((name) => !isOfTrace(name))
    expect(['reason', 'detail', 'confirmedBy'], said).toEqual(expect.arrayContaining(words))
    expect(details['host'], said).toBe(new URL(psc?.issuer ?? '').host)
    expect(details['acrFrom'], said).toBe((psc?.acrIsFromPsc ?? direct) ? 'psc' : 'broker')
    // Refused before anything was asked, nobody is known yet.
    const isKnown = kind !== 'identification.failed' && details['authTime'] !== null
    if (isKnown) expect(details['nationalId'], said).not.toBeNull()
    if (kind === 'identification.succeeded') expect(known, said).toContain(details['nationalId'])
    expect(reference, said).toMatch(/^\w{3}-\w{3}$/u)
  }
  const ends = ofTries.filter(
    ({ kind, details }) => kind !== 'identification.refused' && details['reason'] !== 'browser-not-opened',
  )
  expect(new Set(ends.map(({ reference }) => reference)).size, JSON.stringify(ends)).toBe(ends.length)
}

/** Another operator is told by their code. */
function wordOf(word: ChainedRow['details'][string]): unknown {
  return typeof word === 'object' && word !== null && 'code' in word ? word['code'] : word
}

function wordsOf({ launch }: WrittenModule): string[] {
  return launch.kind === 'program' ? [launch.command, ...(launch.args ?? [])] : [launch.url]
}
