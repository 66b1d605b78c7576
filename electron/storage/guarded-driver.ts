import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely'
import { toStorageError } from './storage-error.ts'

/** A driver whose every rejection is a `StorageError`, so that nothing above has to know which engine it is. */
export class GuardedDriver implements Driver {
  readonly #inner: Driver

  constructor(inner: Driver) {
    this.#inner = inner
  }

  init(): Promise<void> {
    return guarded(() => this.#inner.init())
  }

  async acquireConnection(): Promise<GuardedConnection> {
    return new GuardedConnection(await guarded(() => this.#inner.acquireConnection()))
  }

  beginTransaction(connection: GuardedConnection, settings: TransactionSettings): Promise<void> {
    return guarded(() => this.#inner.beginTransaction(connection.inner, settings))
  }

  commitTransaction(connection: GuardedConnection): Promise<void> {
    return guarded(() => this.#inner.commitTransaction(connection.inner))
  }

  rollbackTransaction(connection: GuardedConnection): Promise<void> {
    return guarded(() => this.#inner.rollbackTransaction(connection.inner))
  }

  releaseConnection(connection: GuardedConnection): Promise<void> {
    return guarded(() => this.#inner.releaseConnection(connection.inner))
  }

  destroy(): Promise<void> {
    return guarded(() => this.#inner.destroy())
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection

  constructor(inner: DatabaseConnection) {
    this.inner = inner
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return guarded(() => this.inner.executeQuery<R>(query))
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, chunkSize)
    } catch (error) {
      throw toStorageError(error)
    }
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toStorageError(error)
  }
}
