import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WrittenSettings } from '../../e2e/support/test.ts'
import { writeDemonstration } from '../demonstration/data.ts'
import { usualPagesUrl } from '../demonstration/pages.ts'
import { electronExecutable } from '../electron-arguments.ts'

type WrittenCard = NonNullable<WrittenSettings['card']>

/** Where a program starts. */
export type Place = { readonly config: string; readonly dataDir: string }

/** A workstation of the demonstration, whose settings of the card are this bench's. */
export type CardWorkstation = {
  readonly folder: string
  /** Rewrites `card` in comptoir.json. */
  readonly settings: (card: WrittenCard) => Promise<Place>
}

/** Makes it in `folder`, which is the caller's to remove. */
export async function cardWorkstation(folder: string): Promise<CardWorkstation> {
  const place = await writeDemonstration(folder, {
    electron: electronExecutable(),
    pagesUrl: usualPagesUrl,
    psc: null,
  })
  return {
    folder,
    settings: async (card) => {
      const written: WrittenSettings = JSON.parse(await readFile(place.config, 'utf8'))
      await writeFile(place.config, JSON.stringify({ ...written, card }))
      return { config: place.config, dataDir: place.dataDir }
    },
  }
}

/** Asks again every 10 ms until there is an answer; rejects after 30 s, naming `what`. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + 30_000
  while (performance.now() < deadline) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await sleep(10)
  }
  throw new Error(`waited 30 s for ${what}`)
}
