import { randomUUID } from 'node:crypto'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { hashPassword } from '../identification/password.ts'
import type { Caller } from '../ipc/answer.ts'
import type { ImportReport } from '../ipc/operator-views.ts'
import { Refusal } from '../ipc/result.ts'
import { referenceOf } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { exportedList } from '../operators/export.ts'
import { createOperatorImport, type ImportReading } from '../operators/import.ts'
import { maxListBytes, type ListSource } from '../operators/import-list.ts'
import { localDay, type Operator } from '../operators/operator.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { TeamConfirmation } from './team-confirmation.ts'
import type { TeamDeskParts } from './team-desk.ts'

/** Lists of operators, to and from files. Each rejects with a `Refusal` or `StorageError`. */
export type TeamFiles = {
  /** Asks which file is to be read, and reads it; null: none. */
  readonly choose: () => Promise<ListSource | null>
  /** Reads a list, which replaces the last one read. Its passwords stay in this process. */
  readonly read: (operator: Operator, caller: Caller, source: ListSource) => Promise<ImportReport>
  /** Creates everybody of the last list that this window read; resolves to how many. */
  readonly apply: (operator: Operator, caller: Caller, password: string) => Promise<number>
  /** Asks where the list is to be written; null: nowhere. */
  readonly askWhere: () => Promise<string | null>
  /** Writes the list to `file`, which takes that name once the export is journalled. */
  readonly write: (operator: Operator, file: string) => Promise<{ name: string; rows: number }>
}

type Parts = TeamDeskParts & { readonly confirmation: TeamConfirmation }

export function createTeamFiles(parts: Parts): TeamFiles {
  const { settings, clock, records, builtIns, scorer, saveAs, chooseFile, confirmation } = parts
  const { operators, throttle, journal } = records
  const words = texts.operators.files
  const imports = createOperatorImport({
    operators,
    throttle,
    journal,
    clock,
    scorer,
    pharmacy: () => settings.pharmacy.name ?? texts.pharmacy,
    hashPassword,
  })
  /** The last list read, for as long as its window is open. */
  let last: { readonly reading: ImportReading; readonly webContentsId: number } | null = null

  return {
    choose: async () => {
      const file = await chooseFile(builtIns.windowOf('operators'), {
        title: words.importTitle,
        kind: words.kind,
        extensions: [...extensions],
      })
      return file === null ? null : { kind: 'file', name: basename(file), bytes: await bytesOf(file) }
    },
    read: async (operator, { webContentsId }, source) => {
      last = null
      const reading = await imports.read(source, { by: 'operator', operator })
      last = { reading, webContentsId }
      builtIns.windowOf('operators')?.once('closed', () => {
        if (last?.reading === reading) last = null
      })
      return reading.report
    },
    apply: async (operator, { webContentsId }, password) => {
      const read = last
      if (read?.webContentsId !== webContentsId) throw new Refusal('import-refused', newReference())
      const actor = { by: 'operator', operator } as const
      // First, and apart: hashing the passwords of a long list takes seconds.
      await confirmation.byPassword(operator, password, nothingYet)
      const prepared = await imports.prepare(read.reading)
      await parts.entitled({ role: 'operators', webContentsId }, 'manage-operators')
      const created = await confirmation.withoutPassword((trx, reference) =>
        imports.apply(trx, actor, prepared, reference),
      )
      last = null
      return created
    },
    askWhere: () =>
      saveAs(builtIns.windowOf('operators'), {
        title: words.exportTitle,
        name: words.fileName(localDay(clock.now())),
        kind: words.kind,
        extension: 'csv',
      }),
    write: async (operator, file) => {
      const everybody = (await operators.all()).map((member) => member.operator)
      const rows = everybody.length
      const name = basename(file)
      const notWritten = (): never => {
        throw new Refusal('file-not-written', newReference(), { detail: name })
      }
      // In the same folder, so that taking its name is one step.
      const unfinished = `${file}.en-cours-${randomUUID()}`
      try {
        await writeFile(unfinished, exportedList(everybody), { mode: 0o600 }).catch(notWritten)
        await journal.append({
          kind: 'operators.exported',
          outcome: 'done',
          operator: referenceOf(operator),
          details: { by: 'operator', operators: rows },
        })
        await rename(unfinished, file).catch(notWritten)
        return { name, rows }
      } finally {
        await rm(unfinished, { force: true }).catch(() => undefined)
      }
    },
  }
}

function nothingYet(): Promise<void> {
  return Promise.resolve()
}

const extensions = ['csv', 'txt'] as const

/**
 * One byte more than a list may have is enough to know that it is none. Another kind of file is not even opened: closing
 * the database's would give up the locks that this process has on it (SQLite, « How To Corrupt », 2.2).
 */
async function bytesOf(file: string): Promise<Uint8Array> {
  if (!extensions.some((extension) => extname(file).toLowerCase() === `.${extension}`)) notRead()
  const handle = await open(file, 'r').catch(notRead)
  try {
    const { size } = await handle.stat()
    if (size > maxListBytes) throw new Refusal('import-too-large', newReference())
    const { buffer, bytesRead } = await handle
      .read({ buffer: new Uint8Array(maxListBytes + 1), position: 0 })
      .catch(notRead)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }

  function notRead(): never {
    throw new Refusal('file-not-read', newReference(), { detail: basename(file) })
  }
}
