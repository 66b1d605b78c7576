import type { Storage } from './storage.ts'
import { StorageError } from './storage-error.ts'

/** What distinguishes this database's workstation from any other. */
export type WorkstationIdentity = {
  /** Stable; what journal rows name the workstation by. */
  readonly id: string
  /** Secret of 32 bytes, made at random with the database, that typed codes are hashed with. */
  readonly throttleKey: Buffer
}

/** Reads the identity that the first migration drew. Rejects with `StorageError`. */
export async function readWorkstation(storage: Storage): Promise<WorkstationIdentity> {
  const row = await storage.read((db) => db.selectFrom('workstation').selectAll().executeTakeFirst())
  if (row === undefined) throw new StorageError('corrupt', new Error('no workstation row'))
  return { id: row.id, throttleKey: Buffer.from(row.throttle_key, 'hex') }
}
