import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { everyRow, type JournalFilter } from '../../electron/journal/filter.ts'
import { startProgram, type Program } from '../../e2e/support/program.ts'
import { team } from '../demonstration/team.ts'
import { longestBlocks, recordBlocks, type Longest } from '../tour/blocking.ts'
import { summaryOf } from './statistics.ts'
import { memoryOf } from './memory.ts'

/** What « Journal » does at a million rows, as its reader feels it. */
export type WindowFigures = {
  /** From the page's call to its answer: the newest rows, then those of a family of kinds. */
  readonly firstPage: readonly number[]
  readonly filteredPage: readonly number[]
  /** Between frames while the list is scrolled by the wheel, then dragged from its one end to the other. */
  readonly wheel: Frames
  readonly dragged: Frames
  /** Times (ms) that main answered nobody, by what was done meanwhile. */
  readonly blocks: Readonly<Record<'scrolling' | 'verifying' | 'exporting', Longest>>
  readonly verifyMs: number
  readonly exportMs: number
  /** Megabytes of all processes: « Journal » open, after verifying and exporting, and once the worker has ended. */
  readonly memory: { readonly open: number; readonly worked: number; readonly rested: number }
}

/** `long`: how many came after more than 32 ms; `longest` in ms. */
export type Frames = {
  readonly frames: number
  readonly long: number
  readonly longest: number
  readonly median: number
}

/** A thread of the worker ends after a minute of idleness. */
const restedMs = 75_000

/** Measures the program on this settings file and data folder, as the demonstration's titulaire. */
export async function measureWindow(
  place: { config: string; dataDir: string },
  rounds: number,
): Promise<WindowFigures> {
  const program = await startProgram(place)
  try {
    const page = await openJournal(program)
    const open = await memoryNow(program)
    const firstPage: number[] = []
    const filteredPage: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      firstPage.push(await timeOfRows(page, []))
      filteredPage.push(
        await timeOfRows(page, ['identification.succeeded', 'session.connected', 'session.ended']),
      )
    }
    const scrolling = await recordBlocks(program.app)
    const wheel = await framesOf(page, wheelThrough)
    const dragged = await framesOf(page, dragThrough)
    const scrolled = await scrolling.stop()
    const verifying = await recordBlocks(program.app)
    const verifyMs = await timeOfCall(page, 'verifyJournal')
    const verified = await verifying.stop()
    const file = join(place.dataDir, 'bench.csv')
    await program.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    const exporting = await recordBlocks(program.app)
    const exportMs = await timeOfCall(page, 'exportJournal', { filter: everyRow, format: 'csv' })
    const exported = await exporting.stop()
    await rm(file)
    const worked = await memoryNow(program)
    await sleep(restedMs)
    return {
      firstPage,
      filteredPage,
      wheel,
      dragged,
      blocks: {
        scrolling: longestBlocks(scrolled).working,
        verifying: longestBlocks(verified).working,
        exporting: longestBlocks(exported).working,
      },
      verifyMs,
      exportMs,
      memory: { open, worked, rested: await memoryNow(program) },
    }
  } finally {
    await program.stop()
  }
}

async function memoryNow(program: Program): Promise<number> {
  return memoryOf(program.app.process().pid ?? 0)
}

/** Connects the titulaire, who opens « Journal »; its rows are there. */
async function openJournal(program: Program): Promise<Page> {
  const titulaire = team.find(({ role }) => role === 'titulaire')
  if (titulaire === undefined) throw new Error('the demonstration has no titulaire')
  const launcher = await program.window('launcher')
  await launcher.getByRole('button', { name: "S'identifier" }).click()
  const identification = await program.window('identification')
  await identification.getByLabel('Code opérateur').fill(titulaire.code)
  await identification.getByLabel('Mot de passe', { exact: true }).fill(titulaire.password)
  await identification.keyboard.press('Enter')
  await program.gone('identification')
  await launcher.getByRole('button', { name: 'Journal', exact: true }).click()
  const page = await program.window('journal')
  await page.locator('tr[aria-rowindex="2"] td.event').waitFor()
  return page
}

function timeOfRows(page: Page, kinds: JournalFilter['kinds']): Promise<number> {
  const filter = { ...everyRow, kinds }
  return timeOfCall(page, 'journalRows', { filter, upTo: null, offset: 0, limit: 100 })
}

/** From the call that the page makes to its answer; rejects when it is refused. */
function timeOfCall(page: Page, channel: string, args?: object): Promise<number> {
  return page.evaluate(
    async (call) => {
      const bridge = Reflect.get(globalThis, 'comptoir')
      const from = performance.now()
      const { ok } = await bridge[call.channel](call.args)
      if (!ok) throw new Error(`${call.channel} was refused`)
      return performance.now() - from
    },
    { channel, args },
  )
}

/** Records every frame while `move`, which runs in the page, scrolls the list. */
async function framesOf(page: Page, move: (page: Page) => Promise<void>): Promise<Frames> {
  await sleep(500)
  const recorder = await page.evaluateHandle(() => {
    const state = { deltas: new Array<number>(), last: performance.now(), stopped: false }
    const frame = (now: number): void => {
      state.deltas.push(now - state.last)
      state.last = now
      if (!state.stopped) requestAnimationFrame(frame)
    }
    requestAnimationFrame((now) => {
      state.last = now
      requestAnimationFrame(frame)
    })
    return state
  })
  await move(page)
  const deltas = await recorder.evaluate((state) => {
    state.stopped = true
    return state.deltas
  })
  return {
    frames: deltas.length,
    long: deltas.filter((delta) => delta > 32).length,
    longest: Math.max(...deltas),
    median: summaryOf(deltas).median,
  }
}

/** Ten seconds of a wheel that is turned fast. */
async function wheelThrough(page: Page): Promise<void> {
  const box = await page.getByRole('grid').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 200)
  const end = performance.now() + 10_000
  while (performance.now() < end) {
    await page.mouse.wheel(0, 240)
    await sleep(16)
  }
  if ((await furthestRow(page)) < 1000) throw new Error('the wheel did not scroll the list')
}

/** The scroll bar, dragged through a million rows within ten seconds. */
async function dragThrough(page: Page): Promise<void> {
  await page.getByRole('grid').evaluate(async (grid) => {
    const frame = grid.parentElement
    if (frame === null) throw new Error('the list is in nothing')
    const bottom = frame.scrollHeight - frame.clientHeight
    const from = performance.now()
    await new Promise<void>((resolve) => {
      const step = (now: number): void => {
        const share = Math.min(1, (now - from) / 10_000)
        frame.scrollTop = bottom * share
        if (share < 1) requestAnimationFrame(step)
        else resolve()
      }
      requestAnimationFrame(step)
    })
  })
  // It has come to the end, and has read its rows.
  const rows = await page.getByRole('grid').getAttribute('aria-rowcount')
  await page.locator(`tr[aria-rowindex="${rows}"] td.event`).waitFor()
}

function furthestRow(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('tr')].map((row) => Number(row.getAttribute('aria-rowindex')))),
  )
}
