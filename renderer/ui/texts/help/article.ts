import type { HelpPage } from '../../../../electron/ipc/views.ts'
import type { CardText } from '../card.ts'
import { fr } from '../french.ts'
import type { PictureName } from './pictures.ts'

/**
 * One thing of a page. In its words, what stands between backquotes is typed, or read in a file, as it is; `[[card]]` is
 * the title of that page, and leads to it.
 */
export type HelpBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  | { readonly kind: 'points'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'note'; readonly tone: 'info' | 'watch'; readonly text: string }
  /** Kept as it is, line by line. */
  | { readonly kind: 'code'; readonly code: string }
  /** Done one after the other, each ticked once its proof is seen. */
  | { readonly kind: 'checks'; readonly checks: readonly HelpCheck[] }
  /** What is filled in by hand; only on paper. */
  | { readonly kind: 'blanks'; readonly names: readonly string[] }
  | { readonly kind: 'picture'; readonly name: PictureName }
  /** What each name stands for; `exact` values are copied to the letter. */
  | { readonly kind: 'facts'; readonly facts: readonly HelpFact[] }
  /** Whom to turn to, and for what; an empty `name` is the assistance of the officine. */
  | { readonly kind: 'whom'; readonly people: readonly { readonly name: string; readonly what: string }[] }
  /** All that the card's pill can say. */
  | {
      readonly kind: 'states'
      readonly states: readonly CardText[]
      readonly head: readonly [string, string]
    }
  /** Those of the program that runs, and what others made of it: asked for when the page is read. */
  | { readonly kind: 'versions' }
  | { readonly kind: 'components' }
  | { readonly kind: 'go'; readonly page: HelpPage; readonly words: string }

export type HelpFact = {
  readonly name: string
  readonly kind: 'exact' | 'said'
  readonly values: readonly string[]
  readonly hint: string | null
}

export type HelpCheck = { readonly step: string; readonly proof: string }

/** A part of a page; the first one may have no title. */
export type HelpSection = { readonly title: string | null; readonly blocks: readonly HelpBlock[] }
/** A page. */
export type Article = readonly HelpSection[]

/** French typography, but not in what is typed as it is. */
export function words(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : fr(part)))
    .join('`')
}

/** What a page begins with. */
export function opening(...blocks: HelpBlock[]): HelpSection {
  return { title: null, blocks }
}

export function section(title: string, ...blocks: HelpBlock[]): HelpSection {
  return { title: words(title), blocks }
}

export function text(of: string): HelpBlock {
  return { kind: 'text', text: words(of) }
}

/** Numbered: done one after the other. */
export function steps(...items: string[]): HelpBlock {
  return { kind: 'steps', items: items.map(words) }
}

export function points(...items: string[]): HelpBlock {
  return { kind: 'points', items: items.map(words) }
}

export function table(head: readonly string[], ...rows: (readonly string[])[]): HelpBlock {
  return { kind: 'table', head: head.map(words), rows: rows.map((cells) => cells.map(words)) }
}

/** What is seen, and what to do about it. */
export function remedies(...rows: (readonly [seen: string, remedy: string])[]): HelpBlock {
  return table(["Ce que l'on voit", 'Que faire'], ...rows)
}

export function info(of: string): HelpBlock {
  return { kind: 'note', tone: 'info', text: words(of) }
}

export function watch(of: string): HelpBlock {
  return { kind: 'note', tone: 'watch', text: words(of) }
}

export function code(...lines: string[]): HelpBlock {
  return { kind: 'code', code: lines.join('\n') }
}

export function checks(...of: (readonly [step: string, proof: string])[]): HelpBlock {
  return { kind: 'checks', checks: of.map(([step, proof]) => ({ step: words(step), proof: words(proof) })) }
}

export function blanks(...names: string[]): HelpBlock {
  return { kind: 'blanks', names: names.map(words) }
}

export function picture(name: PictureName): HelpBlock {
  return { kind: 'picture', name }
}

export function whom(...people: (readonly [name: string, what: string])[]): HelpBlock {
  return { kind: 'whom', people: people.map(([name, what]) => ({ name: words(name), what: words(what) })) }
}

/** The assistance of the officine, among those of `whom`. */
export const ownSupport = ''
