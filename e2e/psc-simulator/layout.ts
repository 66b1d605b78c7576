import type { KoaContextWithOIDC } from 'oidc-provider'

/** What a page is shown on: any context of Koa, with or without OpenID Connect. */
export type Shown = {
  status: number
  type: string
  body: unknown
  readonly set: (header: string, value: string) => void
}

export type Show = (shown: Shown, title: string, content: string, script?: string) => void

/** The pages that a provider shows by itself. */
export type ProviderPages = {
  readonly error: (shown: Shown, code: string, description?: string) => void
  /** With `id_token_hint` it submits itself; without, somebody must press the button. */
  readonly logout: (ctx: KoaContextWithOIDC, form: string) => void
  readonly loggedOut: (shown: Shown) => void
}

export const resourcesPath = '/ressources'

/**
 * A form leads on through redirects, which Chromium holds against `form-action` too: to another provider or back to the
 * client, all on this machine. No frame may hold these pages (psc.md §2).
 */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "form-action 'self' http://localhost:* https://localhost:*",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * The look of all pages. Everything on them says that this is a simulator.
 * @param realm where their files are
 * @param name whose pages they are
 */
export function createShow(realm: string, name: string): Show {
  return (shown, title, content, script = '') => {
    shown.type = 'html'
    shown.set('Content-Security-Policy', contentPolicy)
    shown.body = layout({ resources: `${realm}${resourcesPath}`, name, title, content, script })
  }
}

export function createProviderPages(show: Show, name: string): ProviderPages {
  return {
    error: (shown, code, description) => show(shown, 'Identification impossible', failure(code, description)),
    logout: (ctx, form) => {
      const asked = ctx.oidc.entities.IdTokenHint !== undefined
      show(ctx, 'Déconnexion', logout(form, name, asked), asked ? 'envoi.js' : '')
    },
    loggedOut: (shown) =>
      show(shown, 'Déconnexion', `<p>Vous êtes déconnecté de ${name}. Fermez cette page.</p>`),
  }
}

type Page = {
  readonly resources: string
  readonly name: string
  readonly title: string
  readonly content: string
  readonly script: string
}

function layout({ resources, name, title, content, script }: Page): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – ${name} (simulateur)</title>
<link rel="stylesheet" href="${resources}/style.css">
${script && `<script src="${resources}/${script}" defer></script>`}
</head>
<body>
<header><span class="brand">${name}</span> <strong>Simulateur</strong></header>
<main>
<h1>${title}</h1>
${content}
</main>
<footer>Ceci est un simulateur&nbsp;: les identités sont fictives, aucune donnée ne quitte ce poste.</footer>
</body>
</html>`
}

function failure(code: string, description?: string): string {
  return `<p>La demande d'identification n'a pas abouti. Fermez cette page et recommencez depuis votre logiciel.</p>
<p class="hint" lang="en"><code>${text(code)}</code>${description === undefined ? '' : ` ${text(description)}`}</p>`
}

function logout(form: string, name: string, asked: boolean): string {
  const question = asked
    ? `Déconnexion de ${name}…`
    : `Voulez-vous vous déconnecter de ${name}&nbsp;? Sinon, fermez cette page.`
  return `<p>${question}</p>
${form}
<button id="logout" form="op.logoutForm" name="logout" value="yes">Se déconnecter</button>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Plain text in HTML. */
export function text(plain: string): string {
  return plain.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
