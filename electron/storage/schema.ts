/** The databases that the schema is made for; PostgreSQL in tests only, so far. */
export type Engine = 'sqlite' | 'postgres'

/** The tables as Kysely knows them. Times are UTC ISO 8601 texts, days `YYYY-MM-DD`, truth values 0 or 1. */
export type Schema = {
  operator: OperatorTable
  workstation: WorkstationTable
  throttle: ThrottleTable
  failure: FailureTable
  phone_push: PhonePushTable
  journal: JournalTable
  journal_checkpoint: CheckpointTable
}

export type OperatorTable = {
  id: string
  code: string
  first_name: string
  last_name: string
  role: string
  /** The eleven digits. */
  rpps: string | null
  /** PHC string of argon2id. */
  password_hash: string
  suspended: number
  first_day: string | null
  last_day: string | null
  created_at: string
  /** Rights that a titulaire gave (operators/rights.ts). */
  manages_operators: number
  reads_journal: number
  /** The password is to be changed at the next login. */
  provisional: number
  /** « Départ »: suspended for good; the row stays for as long as journal rows refer to it. */
  departed_at: string | null
  /** When the operator was told what the journal records. */
  told_at: string | null
  /** The last day of their card, as seen when they last identified with it. */
  card_until: string | null
  /** What a search looks in (search-text.ts). */
  search_text: string
  changed_at: string
}

/** One row: what this database's workstation is, and the secret its throttle keys are made with. */
export type WorkstationTable = {
  id: string
  /** 32 random bytes, hex. */
  throttle_key: string
  /** How far the throttle's own time had come at its last count, and the wall clock's then. */
  throttle_time: string | null
  throttle_wall: string | null
}

/** One row per key that failed since its last success; an absent row is a key that never failed. */
export type ThrottleTable = {
  key: string
  consecutive: number
  waiting_until: string | null
  wait_seconds: number
  blocked_at: string | null
}

/** The failures of the last 24 hours, for the sliding windows. */
export type FailureTable = {
  id: string
  key: string
  workstation: string
  at: string
}

/** The requests sent to somebody's phone in the last ten minutes; `key` hashes the RPPS. */
export type PhonePushTable = {
  id: string
  key: string
  at: string
}

export type JournalTable = {
  seq: number
  at: string
  workstation: string
  operator_id: string | null
  operator_code: string | null
  kind: string
  outcome: string
  means: string | null
  module: string | null
  reference: string | null
  /** RFC 8785 JSON. */
  details: string
  hash: string
}

/** The last of the journal rows that retention has let go, oldest first: the row after it is bound to its hash. */
export type CheckpointTable = {
  seq: number
  hash: string
  /** When they went. */
  at: string
}
