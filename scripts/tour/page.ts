import type { ChainedRow, ChainVerdict } from '../../electron/journal/chain.ts'
import { fr } from '../../renderer/ui/texts.ts'
import type { Chapter, Picture } from './album.ts'

/** A journal and whether its chain holds. */
export type ReadJournal = { readonly rows: readonly ChainedRow[]; readonly verdict: ChainVerdict }

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 25%, transparent) }
body { max-width: 1200px; margin: 0 auto; padding: 2rem 1.5rem 4rem; font: 1rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.6rem } h2 { margin-top: 3rem; font-size: 1.25rem; border-bottom: 1px solid var(--line) }
figure { margin: 2rem 0 } figcaption { margin-bottom: .5rem }
img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line) }
.table { overflow-x: auto } table { border-collapse: collapse; font-size: .875rem }
th, td { padding: .25rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
td:first-child, time { font-variant-numeric: tabular-nums; white-space: nowrap }
code { font-size: .8125rem }
`

/** The page that shows the tour: every picture in order, then the journal that it left. French. */
export function tourPage(chapters: readonly Chapter[], journal: ReadJournal): string {
  return `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Visite de Comptoir</title>
<style>${style}</style>
<h1>Visite de Comptoir</h1>
<p>${text('Jouée dans les vraies fenêtres, sur un écran virtuel, avec les données de la démonstration.')}</p>
${chapters.map(section).join('\n')}
<h2>Le journal de la journée au comptoir</h2>
<p>${text(verdictInWords(journal.verdict))}</p>
<div class="table"><table>
<thead><tr>${cells('th', ['N°', 'Heure', 'Code', 'Événement', 'Issue', 'Module', 'Détails'])}</tr></thead>
<tbody>
${journal.rows.map(row).join('\n')}
</tbody>
</table></div>
</html>
`
}

function section({ title, pictures }: Chapter): string {
  return `<h2>${text(title)}</h2>\n${pictures.map(figure).join('\n')}`
}

function figure({ file, caption, width, height }: Picture): string {
  const number = Number.parseInt(file, 10)
  return `<figure id="image-${number}"><figcaption>${number}. ${text(caption)}</figcaption>
<img src="${file}" width="${width}" height="${height}" alt="${text(caption)}" loading="lazy"></figure>`
}

function verdictInWords(verdict: ChainVerdict): string {
  if (verdict.ok) return `Chaîne intacte : ${verdict.rows} lignes, chacune liée à la précédente.`
  const what = verdict.reason === 'missing' ? 'manque' : "n'est pas celle qui a été écrite"
  return `Chaîne rompue : la ligne ${verdict.seq} ${what}.`
}

const timeOfDay = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'medium', timeZone: 'Europe/Paris' })

function row({ seq, at, operatorCode, kind, outcome, module, details }: ChainedRow): string {
  const said = Object.entries(details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  const time = timeOfDay.format(new Date(at))
  return `<tr>${cells('td', [String(seq), time, operatorCode ?? '', kind, outcome, module ?? '', said.join(', ')])}</tr>`
}

function cells(tag: 'td' | 'th', texts: readonly string[]): string {
  return texts.map((content) => `<${tag}>${escaped(content)}</${tag}>`).join('')
}

/** French typography, and safe between tags and in attributes. */
function text(french: string): string {
  return escaped(fr(french))
}

function escaped(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
