import { randomInt } from 'node:crypto'
import type { ClientMetadata, KoaContextWithOIDC } from 'oidc-provider'
import { identities, type Identity } from './identities.ts'
import { realmPath } from './setting.ts'

/** What a page is shown on: any context of Koa, with or without OpenID Connect. */
export type Shown = {
  status: number
  type: string
  body: unknown
  readonly set: (header: string, value: string) => void
}

/** The pages of the user's browser. Everything on them says that this is a simulator. */
export type Pages = {
  /** The choice of an identity and of the means. */
  readonly choice: (shown: Shown, service: string) => void
  readonly card: (shown: Shown, identity: Identity, fault?: string) => void
  readonly phone: (shown: Shown, identity: Identity, service: string) => void
  readonly error: (shown: Shown, code: string, description?: string) => void
  /** With `id_token_hint` it submits itself; without, somebody must press the button. */
  readonly logout: (ctx: KoaContextWithOIDC, form: string) => void
  readonly loggedOut: (shown: Shown) => void
}

export const resourcesPath = '/ressources'

export function createPages(clients: readonly ClientMetadata[]): Pages {
  const policy = contentPolicy(clients)
  const show = (shown: Shown, title: string, content: string, script = ''): void => {
    shown.type = 'html'
    shown.set('Content-Security-Policy', policy)
    shown.body = layout(title, content, script)
  }
  return {
    choice: (shown, service) => show(shown, "S'identifier", choice(service)),
    card: (shown, identity, fault) => show(shown, 'Carte CPS', card(identity, fault)),
    phone: (shown, identity, service) => show(shown, 'e-CPS', phone(identity, service)),
    error: (shown, code, description) => show(shown, 'Identification impossible', failure(code, description)),
    logout: (ctx, form) => {
      const asked = ctx.oidc.entities.IdTokenHint !== undefined
      show(ctx, 'Déconnexion', logout(form, asked), asked ? 'envoi.js' : '')
    },
    loggedOut: (shown) =>
      show(shown, 'Déconnexion', '<p>Vous êtes déconnecté de Pro Santé Connect. Fermez cette page.</p>'),
  }
}

/**
 * A form that leads back to the client must name the client's origins: Chromium holds `form-action` against redirects
 * too. No frame may hold these pages (psc.md §2).
 */
function contentPolicy(clients: readonly ClientMetadata[]): string {
  const addresses = clients.flatMap((client) => [
    ...(client.redirect_uris ?? []),
    ...(client.post_logout_redirect_uris ?? []),
  ])
  const origins = new Set(addresses.map((address) => new URL(address).origin))
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    `form-action 'self' ${[...origins].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function layout(title: string, content: string, script: string): string {
  const resources = `${realmPath}${resourcesPath}`
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – Pro Santé Connect (simulateur)</title>
<link rel="stylesheet" href="${resources}/style.css">
${script && `<script src="${resources}/${script}" defer></script>`}
</head>
<body>
<header><span class="brand">Pro Santé Connect</span> <strong>Simulateur</strong></header>
<main>
<h1>${title}</h1>
${content}
</main>
<footer>Ce simulateur n'est pas Pro Santé Connect&nbsp;: les identités sont fictives, aucune donnée ne quitte ce poste.</footer>
</body>
</html>`
}

const cancel = '<button class="quiet" name="action" value="annuler" formnovalidate>Annuler</button>'

function choice(service: string): string {
  const options = identities.map(({ id, label }) => `<option value="${id}">${text(label)}</option>`)
  return `<p>Le service «&nbsp;${text(service)}&nbsp;» demande votre identification.</p>
<form method="post">
<label for="identity">Identité de test</label>
<select id="identity" name="identity">${options.join('')}</select>
<p id="means">Votre moyen d'identification</p>
<div class="choices" role="group" aria-labelledby="means">
<button name="means" value="CARD">Carte CPS</button>
<button name="means" value="MOBILE">e-CPS</button>
</div>
${cancel}
</form>`
}

function card(identity: Identity, fault?: string): string {
  return `<p>Carte de test de <strong>${text(name(identity))}</strong></p>
<form method="post">
<label for="code">Code porteur</label>
<input id="code" name="code" type="password" inputmode="numeric" pattern="[0-9]{4}" maxlength="4" required
 autocomplete="off" autofocus aria-describedby="hint${fault === undefined ? '' : ' fault'}">
<p id="hint" class="hint">N'importe quels quatre chiffres. Ne saisissez jamais ici le code d'une vraie carte.</p>
${fault === undefined ? '' : `<p id="fault" class="fault" role="alert">${text(fault)}</p>`}
<button>Valider</button>
${cancel}
</form>`
}

function phone(identity: Identity, service: string): string {
  const number = randomInt(10, 100)
  return `<p>Téléphone de test de <strong>${text(name(identity))}</strong></p>
<h2>Validez sur votre téléphone</h2>
<p>Le service «&nbsp;${text(service)}&nbsp;» vous demande de vous identifier. Vérifiez que votre téléphone affiche ce nombre&nbsp;:</p>
<p class="number"><output aria-label="Nombre à vérifier">${number}</output></p>
<form method="post">
<button name="action" value="valider">J'ai validé sur mon téléphone</button>
<button class="second" name="action" value="refuser">Refuser</button>
${cancel}
</form>`
}

function failure(code: string, description?: string): string {
  return `<p>La demande d'identification n'a pas abouti. Fermez cette page et recommencez depuis votre logiciel.</p>
<p class="hint" lang="en"><code>${text(code)}</code>${description === undefined ? '' : ` ${text(description)}`}</p>`
}

function logout(form: string, asked: boolean): string {
  const question = asked
    ? 'Déconnexion de Pro Santé Connect…'
    : 'Voulez-vous vous déconnecter de Pro Santé Connect&nbsp;? Sinon, fermez cette page.'
  return `<p>${question}</p>
${form}
<button id="logout" form="op.logoutForm" name="logout" value="yes">Se déconnecter</button>`
}

function name({ givenName, familyName }: Identity): string {
  return `${givenName} ${familyName}`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function text(plain: string): string {
  return plain.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
