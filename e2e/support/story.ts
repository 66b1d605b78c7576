import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import type { ChainedRow } from '../../electron/journal/chain.ts'
import type { Workstation, WrittenModule, WrittenSettings } from './test.ts'

/** Rows that many stories hold. */
export const cameIn = ['identification.succeeded 1', 'session.connected 1']
export const locked = 'session.locked 1 switch'
export const stopped = 'program.stopped nobody'

/** Waits until the journal holds a row of this kind about this module. */
export async function journalled(workstation: Workstation, kind: string, module: string): Promise<void> {
  await expect
    .poll(() => workstation.journal().some((row) => row.kind === kind && row.module === module))
    .toBe(true)
}

/** The row that holds the reference told with a failure; fails when there is none. */
export function rowOfReference(workstation: Workstation, told: string): ChainedRow | undefined {
  const reference = /Réf\. (\S+)/u.exec(told)?.[1]
  expect(reference, `a reference in: ${told}`).toBeDefined()
  return workstation.journal().find((row) => row.reference === reference)
}

/**
 * What the journal says since the start, one line a row: kind, operator's code, module, and the word of its details.
 * Fails when a row holds what a journal never does: an address, a program, its arguments, or one of `secrets`.
 */
export function story(workstation: Workstation, secrets: readonly string[] = []): string[] {
  const rows = workstation.journal()
  const settings: WrittenSettings = JSON.parse(readFileSync(workstation.config, 'utf8'))
  const never = [...secrets, '://', '127.0.0.1', ...(settings.modules ?? []).flatMap(wordsOf)]
  for (const { operatorCode, module, reference, details } of rows) {
    const said = JSON.stringify({ operatorCode, module, reference, details })
    for (const word of never) expect(said).not.toContain(word)
  }
  const started = rows.findIndex(({ kind }) => kind === 'program.started')
  return rows.slice(started + 1).map(line)
}

/** One line of a story. */
export function line({ kind, operatorCode, module, details }: ChainedRow): string {
  const { until: _until, version: _version, ...words } = details
  return [kind, operatorCode ?? 'nobody', module, ...Object.values(words).map(wordOf)]
    .filter((word) => word !== null && word !== '')
    .map(String)
    .join(' ')
}

/** Another operator is told by their code. */
function wordOf(word: ChainedRow['details'][string]): unknown {
  return typeof word === 'object' && word !== null && 'code' in word ? word['code'] : word
}

function wordsOf({ launch }: WrittenModule): string[] {
  return launch.kind === 'program' ? [launch.command, ...(launch.args ?? [])] : [launch.url]
}
