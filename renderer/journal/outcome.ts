import type { Verification } from '../../electron/journal/verdict.ts'

/** What the last verification or export came to. */
export type Outcome =
  | { readonly kind: 'verified'; readonly verification: Verification }
  | { readonly kind: 'exported'; readonly rows: number; readonly name: string }
  | { readonly kind: 'cancelled'; readonly task: 'verify' | 'extract' }
