import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** What the browser is left with, in French: a title and one sentence for each end. */
export type EndPages = Readonly<Record<'done' | 'failed' | 'left' | 'refused', readonly [string, string]>>

const style = `:root{color-scheme:light dark;font:16px/1.5 'Segoe UI Variable Text','Segoe UI',system-ui,sans-serif;
color:#16211c;background:#f4f6f4}body{margin:0;min-height:100vh;display:grid;place-items:center}
main{max-width:28rem;margin:1.5rem;padding:2rem;background:#fff;border:1px solid #d9dfdb;border-radius:10px}
h1{margin:0 0 .5rem;font-size:1.25rem}p{margin:0}small{display:block;margin-top:1.5rem;color:#5c6862}
@media(prefers-color-scheme:dark){:root{color:#eef3f0;background:#121715}main{background:#1b2220;border-color:#2e3834}
small{color:#b4c0ba}}`

const styleHash = createHash('sha256').update(style).digest('base64')

/**
 * Answers with one of the pages. Nothing of the request is repeated in it, and nothing of it is kept or sent on: the
 * address in the browser holds a code, used once.
 */
export function endPage(
  response: ServerResponse,
  status: number,
  [title, sentence]: readonly [string, string],
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
    ...headers,
  })
  response.end(`<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} — Comptoir</title>
<style>${style}</style>
<main>
<h1>${title}</h1>
<p>${sentence}</p>
<small>Comptoir</small>
</main>
</html>
`)
}
