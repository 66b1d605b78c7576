import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inspect, type Place } from './inspect.ts'
import { makePlace } from './place.ts'

const counter = fileURLToPath(new URL('counter.ts', import.meta.url))
const firstDay = Date.parse('2027-03-01T07:00:00Z')
/** More than a counter works through before it is killed. */
const runMs = 30 * 24 * 60 * 60 * 1000
/** Longer than a start takes here, so that some kills come before it is over. */
const longestStartMs = 600
/** Enough for the storage worker to start and for another program to look: half the kills come after both. */
const longestWorkMs = 1200

/** What a campaign came to. Nothing acknowledged is ever missing: that is an error. */
export type Campaign = {
  readonly kills: number
  /** How many of them came before the counter had said anything. */
  readonly beforeWork: number
  readonly acknowledged: number
  readonly rows: number
  readonly seconds: number
}

/**
 * Kills a counter at work so many times, at moments drawn from `seed`, on one database. After each: the database opens,
 * its chain is sound, every acknowledged row is there, and the throttle says what the journal does. Rejects with what
 * is not so.
 */
export async function killCounters(kills: number, seed: number): Promise<Campaign> {
  const dataDir = await makePlace()
  const random = randomFrom(seed)
  const begun = performance.now()
  let [acknowledged, beforeWork, rows] = [0, 0, 0]
  try {
    for (let kill = 0; kill < kills; kill++) {
      const places = await killOne(dataDir, new Date(firstDay + kill * runMs), random)
      acknowledged += places.length
      if (places.length === 0) beforeWork += 1
      try {
        rows = await inspect(dataDir, places)
      } catch (error) {
        throw new Error(`kill ${kill + 1} of the campaign with seed ${seed}, in ${dataDir}`, { cause: error })
      }
    }
  } catch (error) {
    // Left there for whoever looks for the reason.
    process.stderr.write(`${dataDir}\n`)
    throw error
  }
  await rm(dataDir, { recursive: true })
  return { kills, beforeWork, acknowledged, rows, seconds: (performance.now() - begun) / 1000 }
}

/** Resolves to what the counter had acknowledged. */
async function killOne(dataDir: string, start: Date, random: () => number): Promise<Place[]> {
  const child = spawn(process.execPath, [counter, dataDir, start.toISOString()], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const places: Place[] = []
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => {
    const [seq = '', hash = ''] = line.split(' ')
    // A line that the kill cut short was not acknowledged.
    if (hash.length === 64) places.push({ seq: Number(seq), hash })
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const closed = once(child, 'close')
  if (random() < 0.2) await Promise.race([wait(random() * longestStartMs), closed])
  else {
    await Promise.race([once(lines, 'line'), closed])
    await wait(random() * longestWorkMs)
  }
  child.kill('SIGKILL')
  await closed
  if (child.signalCode !== 'SIGKILL') throw new Error(`the counter ended by itself: ${errors}`)
  return places
}

/** Mulberry32: the same moments for the same seed, as far as two runs can be alike. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
