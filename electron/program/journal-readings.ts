import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type OperatorReference } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import type { Operator } from '../operators/operator.ts'

/**
 * Writes that the journal is read before it is, once per opening of its window, and that one person's rows are looked
 * at, once per person and opening. What could not be written is not read: each rejects with `StorageError`.
 */
export type JournalReadings = {
  /** `opening`: the web contents of the window. */
  readonly opened: (opening: number, reader: Operator) => Promise<void>
  /** Rejects with a `Refusal` when no operator has this id, nor ever had in the journal. */
  readonly filtered: (opening: number, reader: Operator, id: string) => Promise<void>
}

type Parts = {
  journal: Pick<Journal, 'append'>
  /** Who has or had this id, as journal rows name them. */
  referenceById: (id: string) => Promise<OperatorReference | null>
  isOpen: (opening: number) => boolean
}

type Opening = { readonly read: Promise<void>; readonly people: Map<string, Promise<void>> }

export function createJournalReadings({ journal, referenceById, isOpen }: Parts): JournalReadings {
  const openings = new Map<number, Opening>()

  const opened = async (id: number, reader: Operator): Promise<Opening> => {
    const known = openings.get(id)
    if (known !== undefined) {
      await known.read
      return known
    }
    for (const other of openings.keys()) if (!isOpen(other)) openings.delete(other)
    const read = journal.append({
      kind: 'journal.read',
      outcome: 'done',
      operator: referenceOf(reader),
      details: {},
    })
    const opening = { read, people: new Map() }
    openings.set(id, opening)
    await forgetUnlessWritten(read, () => openings.delete(id))
    return opening
  }

  const looked = async (reader: Operator, id: string): Promise<void> => {
    const target = await referenceById(id)
    if (target === null) throw new Refusal('operator-unknown', newReference())
    await journal.append({
      kind: 'journal.filtered',
      outcome: 'done',
      operator: referenceOf(reader),
      details: { target },
    })
  }

  return {
    opened: async (opening, reader) => {
      await opened(opening, reader)
    },
    filtered: async (opening, reader, id) => {
      const { people } = await opened(opening, reader)
      const known = people.get(id)
      if (known !== undefined) return known
      const written = looked(reader, id)
      people.set(id, written)
      await forgetUnlessWritten(written, () => people.delete(id))
    },
  }
}

async function forgetUnlessWritten(written: Promise<void>, forget: () => void): Promise<void> {
  try {
    await written
  } catch (error) {
    forget()
    throw error
  }
}
