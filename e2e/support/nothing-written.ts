import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import type { Workstation } from './test.ts'

/**
 * Fails when one of `secrets` is in a file that Comptoir, or Chromium in it, has left on this workstation: its settings,
 * and everything of the data folder and of the profile in it. As it is, as JSON and an address write it, in either
 * width of characters, in hexadecimal and in base64 wherever it stands; and in the rows of its database, whose pages
 * cut what is long.
 */
export async function expectNothingWritten(
  { config, dataDir }: Pick<Workstation, 'config' | 'dataDir'>,
  secrets: readonly string[],
): Promise<void> {
  const needles = secrets.flatMap((secret) => writings(secret).map((bytes) => ({ secret, bytes })))
  const found: string[] = []
  const search = (where: string, bytes: Buffer): void => {
    for (const needle of needles) if (bytes.includes(needle.bytes)) found.push(`${where}: ${needle.secret}`)
  }
  for (const file of [config, ...(await filesOf(dataDir))]) {
    // A process of Chromium's may still be ending.
    search(file, await readFile(file).catch(unlessGone))
    if (file.endsWith('.db')) search(`rows of ${file}`, Buffer.from(rowsOf(file)))
  }
  expect(found).toEqual([])
}

/** Every file of a folder, all the way down. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function unlessGone(error: unknown): Buffer {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
  throw error
}

/** All that the tables of a database hold, as text. */
function rowsOf(file: string): string {
  const database = new Sqlite(file, { readonly: true })
  try {
    const tables = database
      .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table'")
      .all()
    return tables
      .flatMap(({ name }) => database.prepare<[], unknown[]>(`select * from "${name}"`).raw().all())
      .flat()
      .map(String)
      .join('\n')
  } finally {
    database.close()
  }
}

function writings(secret: string): Buffer[] {
  const bytes = Buffer.from(secret)
  // Six bits a character: one, or two, bytes before it move it; its ends are also of what stands beside it.
  const inBase64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/u, '')
    return text.slice(before === 0 ? 0 : before + 1, -1)
  })
  const texts = new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    ...inBase64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ])
  return [...texts].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
}
