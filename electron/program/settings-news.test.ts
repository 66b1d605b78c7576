import { expect, it } from 'vitest'
import type { Notice } from '../ipc/views.ts'
import { tellSettings } from './settings-news.ts'
import type { SettingsNews } from './settings-watch.ts'

/** The notice, with plain spaces, and the rows. */
function telling(news: SettingsNews) {
  const rows: unknown[] = []
  const notices: Notice[] = []
  const journal = { appendEventually: (row: unknown) => void rows.push(row) }
  tellSettings({ journal, notify: (next) => notices.push(next) }, news)
  expect(notices).toMatchObject([{ reference: null }])
  const [notice] = notices
  return { notice: { tone: notice?.tone, text: plain(notice?.text), remedy: plain(notice?.remedy) }, rows }
}

function plain(text: string | null | undefined): string | null {
  return text?.replaceAll('\u00A0', ' ') ?? null
}

it('tells the keys that hold now, and journals them', () => {
  const news = { kind: 'changed', applied: ['modules', 'session.maxHours'], pending: [] } as const
  const { notice, rows } = telling(news)
  expect(notice).toEqual({
    tone: 'info',
    text: 'Réglages pris en compte : modules, session.maxHours.',
    remedy: null,
  })
  expect(rows).toEqual([
    { kind: 'settings.changed', outcome: 'done', details: { applied: news.applied, pending: [] } },
  ])
})

it('tells those that wait for the next start, and counts what nobody would read', () => {
  const pending = ['storage.url', 'psc', 'card.enabled', 'a', 'b', 'c', 'd', 'e']
  expect(telling({ kind: 'changed', applied: ['modules'], pending }).notice).toEqual({
    tone: 'watch',
    text: 'Réglages pris en compte : modules. Ces réglages prendront effet au prochain démarrage de Comptoir : storage.url, psc, card.enabled, a, b, c et 2 autres.',
    remedy: 'Fermez Comptoir puis rouvrez-le quand le comptoir est calme.',
  })
})

it('tells the first fault and how to see them all, and journals nothing', () => {
  const faults = [
    { where: 'session.maxHours', text: 'attendu : plus de 0 ; trouvé : 0' },
    { where: null, text: 'autre' },
  ]
  expect(telling({ kind: 'faulty', faults })).toEqual({
    notice: {
      tone: 'mend',
      text: 'Les réglages modifiés ont 2 erreurs ; Comptoir garde les précédents. session.maxHours : attendu : plus de 0 ; trouvé : 0',
      remedy: 'Corrigez comptoir.json : « comptoir --check-config » dit tout ce qui ne va pas.',
    },
    rows: [],
  })
})

it.each([
  ['gone', 'mend'],
  ['mended', 'info'],
] as const)('tells that the file is %s', (kind, tone) => {
  expect(telling({ kind })).toMatchObject({ notice: { tone }, rows: [] })
})
