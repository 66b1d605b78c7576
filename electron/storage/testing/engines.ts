import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { systemClock } from '../../clock.ts'
import type { Clock } from '../../clock.ts'
import { openStorage } from '../open.ts'
import { openPostgres } from '../postgres.ts'
import type { Storage } from '../storage.ts'

export type TestDatabase = { readonly storage: Storage; readonly dispose: () => Promise<void> }

/** The engines that repositories run on, for `describe.each`; each `open` makes an empty database. */
export const engines: readonly { readonly name: string; readonly open: () => Promise<TestDatabase> }[] = [
  { name: 'SQLite', open: openTestSqlite },
  { name: 'PostgreSQL', open: openTestPostgres },
]

export async function openTestSqlite(): Promise<TestDatabase> {
  const dataDir = await temporaryFolder()
  const storage = await openStorage({ url: 'sqlite:test.db', dataDir, clock: systemClock })
  return {
    storage,
    dispose: async () => {
      await storage.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'comptoir-storage-'))
}

export type SettableClock = Clock & {
  readonly set: (instant: string) => void
  readonly advance: (ms: number) => void
}

/** A wall clock that a test sets; durations are real. */
export function settableClock(start: string): SettableClock {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    monotonic: systemClock.monotonic,
    set: (instant) => {
      now = Date.parse(instant)
    },
    advance: (ms) => {
      now += ms
    },
  }
}

async function openTestPostgres(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = name
  const storage = await openPostgres({ url: url.href, clock: systemClock })
  return {
    storage,
    dispose: async () => {
      await storage.close()
      await administer(`drop database ${name}`)
    },
  }
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.query(statement)
  await client.end()
}
