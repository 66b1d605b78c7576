import type { JournalRowView } from '../../electron/ipc/journal-views.ts'

/** Rows of one page. */
export const pageSize = 100
/** Pages kept: what was seen a while ago is asked for again. */
const pagesKept = 40
/** Pages asked for at once: the others are still to be wanted by then. */
const askedAtOnce = 2

/** The rows of a list that does not move, asked for page by page as they come into sight. */
export type Pages = {
  readonly total: number
  /** Null while it is not there. */
  readonly rowAt: (index: number) => JournalRowView | null
  /** These are in sight, the last excluded: what was wanted before and is not there yet no longer is. */
  readonly want: (first: number, last: number) => void
}

type Parts = {
  total: number
  /** Null when it could not be read, which has been told. */
  fetch: (offset: number) => Promise<readonly JournalRowView[] | null>
  /** A page has come. */
  changed: () => void
}

export function createPages({ total, fetch, changed }: Parts): Pages {
  const pages = new Map<number, readonly JournalRowView[]>()
  const asked = new Set<number>()
  let wanted: readonly number[] = []

  const ask = async (page: number): Promise<void> => {
    asked.add(page)
    const rows = await fetch(page * pageSize)
    asked.delete(page)
    if (rows !== null) {
      pages.set(page, rows)
      forgetOldest()
      changed()
    } else wanted = wanted.filter((other) => other !== page)
    askNext()
  }
  const askNext = (): void => {
    for (const page of wanted) {
      if (asked.size >= askedAtOnce) return
      if (!pages.has(page) && !asked.has(page)) void ask(page)
    }
  }
  const forgetOldest = (): void => {
    for (const page of pages.keys()) {
      if (pages.size <= pagesKept) return
      if (!wanted.includes(page)) pages.delete(page)
    }
  }

  return {
    total,
    rowAt: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null,
    want: (first, last) => {
      if (total === 0) return
      const from = Math.floor(first / pageSize)
      const to = Math.floor(Math.max(first, Math.min(last, total) - 1) / pageSize)
      wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index)
      askNext()
    },
  }
}
