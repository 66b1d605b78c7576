import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCounter, until, type Counter } from '../identification/testing/counter.ts'
import { StorageError } from '../storage/storage-error.ts'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import { createRecording, type Recording } from './recording.ts'

describe.each(engines)('what the journal records is told on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  let changes: number
  let recording: Recording
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
    changes = 0
    recording = createRecording({ ...place, changed: () => (changes += 1) })
  })
  afterEach(() => database.dispose())

  it('once the operator is connected, and again at each login until they have read it', async () => {
    recording.follow(place.patricia)
    await until(() => recording.untold())
    recording.follow(null)
    expect(recording.untold()).toBe(false)
    recording.follow(place.patricia)
    await until(() => recording.untold())
    await recording.acknowledge()
    expect(recording.untold()).toBe(false)
    recording.follow(null)
    recording.follow(place.patricia)
    recording.follow(place.kit)
    await until(() => recording.untold())
    expect(await place.operators.isTold(place.patricia.id)).toBe(true)
    expect(await place.operators.isTold(place.kit.id)).toBe(false)
    expect(await place.rows()).toMatchObject([{ kind: 'operator.told', operatorCode: '1' }])
  })

  it('is one row, however often « J’ai compris » is pressed, and none of nobody', async () => {
    await recording.acknowledge()
    recording.follow(place.patricia)
    await until(() => recording.untold())
    await recording.acknowledge()
    await recording.acknowledge()
    expect(await place.rows()).toHaveLength(1)
    expect(changes).toBe(2)
  })

  it('stays to be read when the row cannot be written', async () => {
    recording.follow(place.patricia)
    await until(() => recording.untold())
    await database.storage.write((trx) => trx.schema.dropTable('journal').execute())
    await expect(recording.acknowledge()).rejects.toBeInstanceOf(StorageError)
    expect(recording.untold()).toBe(true)
    expect(await place.operators.isTold(place.patricia.id)).toBe(false)
  })
})
