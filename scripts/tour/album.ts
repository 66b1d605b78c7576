import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Program } from '../../e2e/support/program.ts'
import type { Span } from './blocking.ts'
import { screenPicture } from './screen.ts'

/** What a step shows: the page of a window, or the whole screen that a program is on. */
export type Subject = Page | { readonly screenOf: Program }

export type Picture = {
  readonly file: string
  /** French, as in the page. */
  readonly caption: string
  /** In pixels of the picture, which are those of the screen. */
  readonly width: number
  readonly height: number
}
export type Chapter = { readonly title: string; readonly pictures: readonly Picture[] }

/** Plays one step, then takes the picture of what it returns. */
export type Step = (name: string, caption: string, play: () => Promise<Subject>) => Promise<void>

export type Album = {
  /** Steps from now on belong to this chapter. */
  readonly chapter: (title: string) => void
  readonly step: Step
  /** Where the tour is, for whoever must say where it stopped: `at step 3, "connecte"`. */
  readonly whereabouts: () => string
  readonly chapters: () => readonly Chapter[]
  /** When pictures were being taken, which keeps the program busy. */
  readonly exposures: () => readonly Span[]
}

/** Empties `folder` and fills it with numbered pictures, in the order of the steps. */
export async function createAlbum(folder: string): Promise<Album> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const chapters: { title: string; pictures: Picture[] }[] = []
  const exposures: Span[] = []
  let number = 0
  let whereabouts = 'before its first step'

  const expose = async (subject: Subject): Promise<Buffer> => {
    const from = Date.now()
    const image = await ('screenOf' in subject ? screenPicture(subject.screenOf.app) : pagePicture(subject))
    exposures.push({ from, to: Date.now() })
    return image
  }

  return {
    chapter: (title) => chapters.push({ title, pictures: [] }),
    step: async (name, caption, play) => {
      number += 1
      whereabouts = `at step ${number}, "${name}"`
      const image = await expose(await play())
      const file = `${String(number).padStart(3, '0')}-${name}.png`
      await writeFile(join(folder, file), image)
      chapters.at(-1)?.pictures.push({ file, caption, ...sizeOf(image) })
      whereabouts = `after step ${number}, "${name}"`
    },
    whereabouts: () => whereabouts,
    chapters: () => chapters,
    exposures: () => exposures,
  }
}

/** Once the page has drawn what it was last told to. */
async function pagePicture(page: Page): Promise<Buffer> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  return page.screenshot({ timeout: 60_000 })
}

/** From the header that every PNG begins with. */
function sizeOf(png: Buffer): { width: number; height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}
