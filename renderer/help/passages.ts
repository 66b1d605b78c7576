import type { HelpPage } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import type { Article, HelpBlock } from '../ui/texts/help/article.ts'

/** One thing that a page says, as plain words. */
export type Passage = { readonly kind: 'heading' | 'body'; readonly text: string }

/** All that a page says, in its order. */
export function passagesOf(article: Article): Passage[] {
  return article.flatMap(({ title, blocks }) => [
    ...(title === null ? [] : [{ kind: 'heading' as const, text: plain(title) }]),
    ...blocks.flatMap(linesOf).map((text) => ({ kind: 'body' as const, text: plain(text) })),
  ])
}

/** The pages that a page leads to. */
export function linksOf(article: Article): string[] {
  return article
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) =>
      block.kind === 'go'
        ? [block.page]
        : linesOf(block).flatMap((line) => [...line.matchAll(link)].flatMap(([, page = '']) => [page])),
    )
}

const link = /\[\[(?<page>[a-z-]+)\]\]/gu

/** The words of a block, with their marks. */
export function linesOf(block: HelpBlock): readonly string[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return [block.text]
    case 'steps':
    case 'points':
      return block.items
    case 'table':
      return block.rows.map((cells) => cells.filter((cell) => cell !== '').join('\u00A0— '))
    case 'code':
      return [block.code]
    case 'checks':
      return block.checks.map(({ step, proof }) => `${step} ${proof}`)
    case 'picture':
    case 'blanks':
    case 'versions':
    case 'components':
      return []
    case 'facts':
      return block.facts.map(({ name, values, hint }) =>
        [`${name}\u00A0:`, values.join(', '), hint ?? ''].filter((part) => part !== '').join(' '),
      )
    case 'whom':
      return block.people.map(({ name, what }) => (name === '' ? what : `${name}. ${what}`))
    case 'states':
      return block.states.map(({ text, remedy }) => (remedy === null ? text : `${text}\u00A0— ${remedy}`))
    case 'go':
      return [block.words]
    default:
      return block satisfies never
  }
}

/** Without the marks of what is typed as it is, and without the titles of other pages, which speak for themselves. */
function plain(text: string): string {
  return text.replaceAll('`', '').replaceAll(link, '…').replaceAll('….', '…')
}

/** The title of the page of this name; null: there is none. */
export function titleOf(page: string): string | null {
  return isPage(page) ? texts.help.pages[page] : null
}

export function isPage(page: string): page is HelpPage {
  return page in texts.help.pages
}
