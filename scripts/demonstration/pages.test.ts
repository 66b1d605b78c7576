import { afterEach, describe, expect, it } from 'vitest'
import { servePages, type Pages } from './pages.ts'

const served: Pages[] = []
const serve = async (port: number) => {
  const pages = await servePages(port)
  served.push(pages)
  return pages
}
afterEach(() => Promise.all(served.splice(0).map((pages) => pages.stop())))

describe('the pages of the demonstration', () => {
  it.each(['', 'documentation', 'planning', 'interactions', 'dossier-patient', 'dmp'])(
    '/%s is a French page that says what it is',
    async (name) => {
      const { url } = await serve(0)
      const response = await fetch(new URL(name, url))
      const text = await response.text()
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(text).toContain('<html lang="fr">')
      expect(text).toContain('Page de démonstration')
    },
  )

  it.each(['missing', 'style', '../pages.ts', '%2e%2e/pages.ts'])('/%s is not served', async (name) => {
    const { url } = await serve(0)
    expect((await fetch(new URL(name, url))).status).toBe(404)
  })

  it('are served on another port when theirs is taken', async () => {
    const first = await serve(0)
    const second = await serve(Number(new URL(first.url).port))
    expect(second.url).not.toBe(first.url)
    expect((await fetch(second.url)).status).toBe(200)
  })

  it('are no longer served after the stop', async () => {
    const pages = await servePages(0)
    await pages.stop()
    await expect(fetch(pages.url)).rejects.toThrow('fetch failed')
  })
})
