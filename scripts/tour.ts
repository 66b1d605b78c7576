// `npm run tour`: plays the job in the real windows, on a virtual display, and leaves pictures of it under tour/.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from '../e2e/support/journal.ts'
import { root } from './bootstrap/places.mjs'
import { createAlbum, type Album } from './tour/album.ts'
import { longestBlocks, recordBlocks, type Longest } from './tour/blocking.ts'
import { playCard } from './tour/card.ts'
import { playClosing, playColleagues } from './tour/colleagues.ts'
import { playConnection } from './tour/connection.ts'
import { playCounter } from './tour/counter.ts'
import { playDiagnostic } from './tour/diagnostic.ts'
import { playECps } from './tour/e-cps.ts'
import { playFaults } from './tour/faults.ts'
import { playFirstRun } from './tour/first-run.ts'
import { playJournal } from './tour/journal.ts'
import { playLooks } from './tour/looks.ts'
import { playOperators } from './tour/operators.ts'
import { tourPage, type ReadJournal } from './tour/page.ts'
import { playPsc } from './tour/psc.ts'
import { playPscState } from './tour/psc-state.ts'
import { setScene } from './tour/scene.ts'
import { setStage, type Stage } from './tour/stage.ts'

const folder = join(root, 'tour')

/** Plays every chapter; rejects at the first step that cannot be played. */
async function play(album: Album, stage: Stage): Promise<void> {
  album.chapter('Premier démarrage')
  await playFirstRun(album, stage)
  const journal = await playDay(album, stage)
  album.chapter('Opérateurs')
  await playOperators(album, stage)
  album.chapter('Pro Santé Connect empêché')
  await playPscState(album, stage)
  album.chapter('e-CPS sans navigateur')
  await playECps(album, stage)
  album.chapter('Raccorder Pro Santé Connect')
  await playConnection(album, stage)
  album.chapter('Carte et lecteur')
  await playCard(album, stage)
  album.chapter('Journal')
  await playJournal(album, stage)
  album.chapter('Diagnostic du poste')
  await playDiagnostic(album, stage)
  album.chapter('Ce qui empêche de démarrer')
  await playFaults(album, stage)
  album.chapter('Thème sombre, couleurs imposées, échelles')
  await playLooks(album, stage)
  await writeFile(join(folder, 'index.html'), tourPage(album.chapters(), journal))
}

/** A day at the counter, from the first operator to the closing. Returns the journal that it left. */
async function playDay(album: Album, stage: Stage): Promise<ReadJournal> {
  const workstation = await stage.workstation('comptoir')
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  const recorder = await recordBlocks(program.app)
  album.chapter('Au comptoir')
  await playCounter(album, scene)
  album.chapter('À plusieurs')
  await playColleagues(album, scene)
  album.chapter('Pro Santé Connect')
  await playPsc(album, scene, stage.simulator)
  await playClosing(album, scene)
  const longest = longestBlocks(await recorder.stop(), album.exposures())
  await program.stop()
  // For scripts/bench.ts, which compares it with what is asked for.
  await writeFile(join(folder, 'blocking.json'), JSON.stringify(longest))
  console.error(
    `Longest block of the main process: ${inWords(longest.working)}; creating a window: ${inWords(longest.creatingWindow)}.`,
  )
  return readJournal(workstation.dataDir)
}

function inWords({ felt, own }: Longest): string {
  return `${felt.toFixed(0)} ms (${own.toFixed(0)} ms without the waits for a processor)`
}

/** Returns the exit code. */
async function main(): Promise<number> {
  const album = await createAlbum(folder)
  const stage = await setStage()
  try {
    await play(album, stage)
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    console.error(`The tour stopped ${album.whereabouts()}: ${reason}`)
    return 1
  } finally {
    await stage.stop()
  }
  const count = album.chapters().flatMap(({ pictures }) => pictures).length
  console.error(`${count} pictures of the tour in ${folder}: open ${join(folder, 'index.html')}`)
  return 0
}

// When a program does not start, Playwright rejects a promise of its own besides the one that it gave us.
process.on('unhandledRejection', () => undefined)
// Now, whatever is left of a program that hangs.
process.exit(await main())
