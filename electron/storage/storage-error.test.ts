import { describe, expect, it } from 'vitest'
import { StorageError, toStorageError } from './storage-error.ts'

describe('toStorageError', () => {
  it.each([
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_READONLY', 'read-only'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['SQLITE_READONLY_DBMOVED', 'unavailable'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['SQLITE_CORRUPT_INDEX', 'corrupt'],
    ['SQLITE_NOTADB', 'corrupt'],
    ['ENOENT', 'missing-folder'],
    ['SQLITE_CANTOPEN', 'unavailable'],
    ['SQLITE_IOERR_READ', 'unavailable'],
    ['ECONNREFUSED', 'unavailable'],
    ['53100', 'full'],
    ['XX001', 'corrupt'],
  ])('%s → %s', (code, kind) => {
    const cause = Object.assign(new Error('as reported'), { code })
    expect(toStorageError(cause)).toMatchObject({ name: 'StorageError', kind, cause })
  })

  it('takes what says nothing as unavailable', () => {
    expect(toStorageError(new TypeError('closed'))).toMatchObject({ kind: 'unavailable' })
    expect(toStorageError('text')).toMatchObject({ kind: 'unavailable', cause: 'text' })
  })

  it('leaves a StorageError as it is', () => {
    const error = new StorageError('full')
    expect(toStorageError(error)).toBe(error)
  })
})
