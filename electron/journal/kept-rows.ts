import { open, readFile, rename, rm } from 'node:fs/promises'
import * as z from 'zod'
import type { UnchainedRow } from './chain.ts'

const name = z.string().max(200)
const keptRows = z.array(
  z.strictObject({
    at: z.iso.datetime(),
    workstation: name,
    operatorId: name.nullable(),
    operatorCode: name.nullable(),
    kind: name,
    outcome: name,
    means: name.nullable(),
    module: name.nullable(),
    reference: name.nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
)

/** Keeps in a file what the database did not take before the program's end. On the disk when it resolves. */
export async function keepRows(file: string, rows: readonly UnchainedRow[]): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify(rows))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Hands the rows kept by an earlier run to `append`, and forgets them once it has resolved. A file that cannot be
 * understood is set aside as `….illisible`, never lost. Returns how many rows there were.
 */
export async function appendKeptRows(
  file: string,
  append: (rows: readonly UnchainedRow[]) => Promise<void>,
): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return 0
  const rows = keptRows.safeParse(parsed(text))
  if (!rows.success) {
    await rename(file, `${file}.illisible`)
    return 0
  }
  await append(rows.data)
  await rm(file)
  return rows.data.length
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
