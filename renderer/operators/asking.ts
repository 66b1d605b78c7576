import type { Result } from '../../electron/ipc/result.ts'

/** What asks again for the password of the connected operator, over the page. */
export type Asking = {
  readonly title: string
  /** What will happen. */
  readonly lines: readonly string[]
  /** The button that does it. */
  readonly submit: string
  readonly perform: (password: string) => Promise<Result<unknown>>
}

/** A provisional password, shown once, and what it came with. */
export type Given = { readonly password: string; readonly told: string }

/** What the parts of the page have the page do. */
export type Desk = {
  readonly ask: (asking: Asking) => void
  /** Says what has been done. */
  readonly tell: (text: string) => void
  readonly give: (given: Given) => void
}
