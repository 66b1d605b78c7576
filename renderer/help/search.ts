import type { HelpPage } from '../../electron/ipc/views.ts'
import type { Passage } from './passages.ts'

/** A page as it is searched. */
export type Searched = {
  readonly page: HelpPage
  readonly title: string
  readonly passages: readonly Passage[]
}

/** A part of an excerpt; `marked`: it is what was searched for. */
export type Part = { readonly text: string; readonly marked: boolean }

/** A page that speaks of what was searched for. */
export type Found = {
  readonly page: HelpPage
  readonly title: readonly Part[]
  /** Where it speaks of it most; empty where its title says it all. */
  readonly excerpt: readonly Part[]
}

/** Longer than this, an excerpt is cut around what it is shown for. */
const excerptLength = 180

/**
 * Searches these pages, which are read once: those in which every word of a query begins a word, whatever their accents
 * and capitals; those whose title or headings say it come first. Nothing for an empty query.
 */
export function createSearch(pages: readonly Searched[]): (query: string) => Found[] {
  const read = pages.map(({ page, title, passages }) => ({
    page,
    title: { weight: 100, text: title, folded: fold(title) },
    passages: passages.map(({ kind, text }) => ({
      weight: kind === 'heading' ? 20 : 1,
      text,
      folded: fold(text),
    })),
  }))
  return (query) => {
    const wanted = wordsOf(query)
    if (wanted.length === 0) return []
    return read
      .map((of) => ({ of, score: scoreOf([of.title, ...of.passages], wanted) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
      .map(({ of: { page, title, passages } }) => ({
        page,
        title: marked(title, wanted),
        excerpt: excerptOf(passages, wanted),
      }))
  }
}

/** Some words of a page, and how much it counts that they are there. */
type Read = Line & { readonly weight: number }
type Line = { readonly text: string; readonly folded: Folded }

/** The words of a query, folded: what stands between spaces and punctuation. */
function wordsOf(query: string): string[] {
  return [...new Set(fold(query).text.match(/[\p{L}\p{N}]+/gu) ?? [])]
}

/** 0: not every word is there. */
function scoreOf(lines: readonly Read[], wanted: readonly string[]): number {
  if (wanted.some((word) => !lines.some(({ folded }) => has(folded, word)))) return 0
  return lines.reduce((sum, { folded, weight }) => {
    const count = wanted.filter((word) => has(folded, word)).length
    // A sentence with all of them is worth more than as many with one each.
    return sum + weight * count * (count === wanted.length ? 4 : 1)
  }, 0)
}

/** The line with the most of these words, the first one of them. */
function excerptOf(lines: readonly Line[], wanted: readonly string[]): Part[] {
  let best: { count: number; line: Line | null } = { count: 0, line: null }
  for (const line of lines) {
    const count = wanted.filter((word) => has(line.folded, word)).length
    if (count > best.count) best = { count, line }
  }
  if (best.line === null) return []
  const text = around(best.line, wanted)
  return marked({ text, folded: fold(text) }, wanted)
}

/** The line, or what stands around the first of these words in a long one. */
function around({ text, folded }: Line, wanted: readonly string[]): string {
  if (text.length <= excerptLength) return text
  const [first] = placesIn(folded, wanted)
  const wish = Math.max(0, (first?.from ?? 0) - excerptLength / 3)
  const from = wish === 0 ? 0 : text.indexOf(' ', wish) + 1
  const end = text.lastIndexOf(' ', from + excerptLength)
  const to = from + excerptLength >= text.length || end <= from ? text.length : end
  return `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`
}

/** The line in parts, those that were searched for marked. */
function marked({ text, folded }: Line, wanted: readonly string[]): Part[] {
  const parts: Part[] = []
  let done = 0
  for (const { from, to } of placesIn(folded, wanted)) {
    if (from < done) continue
    if (from > done) parts.push({ text: text.slice(done, from), marked: false })
    parts.push({ text: text.slice(from, to), marked: true })
    done = to
  }
  if (done < text.length) parts.push({ text: text.slice(done), marked: false })
  return parts
}

/** Where these words begin a word of a text, in its own characters, in order. */
function placesIn({ text, at }: Folded, wanted: readonly string[]): { from: number; to: number }[] {
  return wanted
    .flatMap((word) =>
      [...text.matchAll(beginning(word))].map(({ index }) => ({
        from: at[index] ?? 0,
        to: at[index + word.length] ?? 0,
      })),
    )
    .sort((one, other) => one.from - other.from || other.to - one.to)
}

function has({ text }: Folded, word: string): boolean {
  return beginning(word).test(text)
}

/** `word` is made of letters and digits alone. */
function beginning(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${word}`, 'gu')
}

/** A text without accents nor capitals; `at`: where each of its characters stands in the text, then where that ends. */
type Folded = { readonly text: string; readonly at: readonly number[] }

function fold(text: string): Folded {
  let folded = ''
  const at: number[] = []
  let place = 0
  for (const character of text) {
    const plain = character
      .toLocaleLowerCase('fr')
      .replaceAll('œ', 'oe')
      .replaceAll('æ', 'ae')
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
    for (let unit = 0; unit < plain.length; unit += 1) at.push(place)
    folded += plain
    place += character.length
  }
  return { text: folded, at: [...at, place] }
}
