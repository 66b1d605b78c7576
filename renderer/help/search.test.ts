import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSearch, type Found, type Part, type Searched } from './search.ts'

const pages: Searched[] = [
  {
    page: 'card',
    title: 'Carte bloquée, code perdu',
    passages: [
      { kind: 'heading', text: 'Le code porteur est perdu' },
      { kind: 'body', text: 'Prenez le courrier de l’ANS.' },
      { kind: 'body', text: `${'Des mots. '.repeat(40)}Le cœur du sujet est là. ${'Encore. '.repeat(40)}` },
    ],
  },
  {
    page: 'identify',
    title: "S'identifier",
    passages: [{ kind: 'body', text: 'Tapez votre code opérateur, jamais le code porteur.' }],
  },
]
const search = createSearch(pages)
const found = (query: string): string[] => search(query).map(({ page }) => page)
const whole = (parts: readonly Part[]): string => parts.map(({ text }) => text).join('')
const shown = (parts: readonly Part[]): string =>
  parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')

describe('the search of the help', () => {
  it('finds the pages that have every word, however it is written', () => {
    expect(found('code perdu')).toEqual(['card'])
    expect(found('PERDU  Code')).toEqual(['card'])
    expect(found('bloquee')).toEqual(['card'])
    expect(found('BLOQUÉE')).toEqual(['card'])
    expect(found('operateur')).toEqual(['identify'])
    expect(found('coeur')).toEqual(['card'])
    expect(found('code girafe')).toEqual([])
  })

  it('finds the beginnings of words, not what is inside them', () => {
    expect(found('port')).toEqual(['card', 'identify'])
    expect(found('teur')).toEqual([])
    expect(found('identif')).toEqual(['identify'])
  })

  it('puts first the page that is about it', () => {
    expect(found('code')).toEqual(['card', 'identify'])
    expect(found('code porteur')[0]).toBe('card')
  })

  it('marks the words in the title and in the sentence that has most of them', () => {
    const [card] = search('perdu')
    expect(shown(card?.title ?? [])).toBe('Carte bloquée, code [perdu]')
    expect(shown(card?.excerpt ?? [])).toBe('Le code porteur est [perdu]')
    const [first] = search('coeur')
    expect(shown(first?.excerpt ?? [])).toMatch(/^… .*Le \[cœur\] du sujet.* …$/u)
    expect(shown(first?.excerpt ?? []).length).toBeLessThan(220)
  })

  it('says nothing of an empty query, or of one without words', () => {
    for (const query of ['', '  ', '« ? »', '(.*)', '\\']) expect(found(query)).toEqual([])
  })

  it('never throws, and gives back the words of the page as they are', () => {
    assert(
      property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (text, query) => {
        const results: Found[] = createSearch([
          { page: 'card', title: text, passages: [{ kind: 'body', text }] },
        ])(query)
        for (const { title } of results) expect(whole(title)).toBe(text)
      }),
    )
  })
})
