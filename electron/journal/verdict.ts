/** What somebody did to the journal, as far as the chain and the kept head can tell. */
export type Tampering =
  /** The row of this number is not as it was written. */
  | 'changed'
  /** This row is missing. */
  | 'removed'
  /** This row was not written by Comptoir. */
  | 'inserted'
  /** This row stands where another was written. */
  | 'reordered'
  /** The rows from this number on are missing: the kept head says that they were there. */
  | 'end-cut'
  /** The checkpoint that retention left is not what the journal says it is. */
  | 'checkpoint'
  /** The journal was written anew: it holds together, but is not the one whose head was kept. */
  | 'rewritten'

/** The first bad row, or the first number that is missing, and what is wrong there. */
export type Finding = { readonly seq: number; readonly what: Tampering }

/** What is kept of the journal's head outside the database. */
export type KeptHead =
  | { readonly kind: 'kept'; readonly seq: number; readonly hash: string }
  /** The keychain holds none yet. */
  | { readonly kind: 'none' }
  /** There is no keychain, or it does not answer: a cut end cannot be detected. */
  | { readonly kind: 'no-keychain' }

/** What verifying the whole journal found. */
export type Verification =
  | {
      readonly kind: 'sound'
      readonly rows: number
      /** The first of them may come after what was let go. Null in an empty journal. */
      readonly first: { readonly seq: number; readonly hash: string } | null
      readonly last: { readonly seq: number; readonly hash: string } | null
      /** `none` too for a kept head that is older than the rows that are left: it proves nothing. */
      readonly head: KeptHead['kind']
    }
  /** `rows`: how many hold, before the first that does not. */
  | (Finding & { readonly kind: 'tampered'; readonly rows: number })
  | { readonly kind: 'cancelled' }
