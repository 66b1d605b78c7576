import { randomInt } from 'node:crypto'
import type { PendingRequest } from './ciba/phone.ts'
import { identities, type Identity } from './identities.ts'
import { createProviderPages, createShow, text, type ProviderPages, type Shown } from './layout.ts'

const name = 'Pro Santé Connect'

/** The pages of the user's browser and, on phones, of the application e-CPS. */
export type Pages = ProviderPages & {
  /** The choice of an identity and of the means. */
  readonly choice: (shown: Shown, service: string) => void
  readonly card: (shown: Shown, identity: Identity, fault?: string) => void
  readonly phone: (shown: Shown, identity: Identity, service: string) => void
  /** What the phones ask, for identifications without a browser. */
  readonly requests: (shown: Shown, requests: readonly PendingRequest[]) => void
}

export function createPages(realm: string): Pages {
  const show = createShow(realm, name)
  return {
    ...createProviderPages(show, name),
    choice: (shown, service) => show(shown, "S'identifier", choice(service)),
    card: (shown, identity, fault) => show(shown, 'Carte CPS', card(identity, fault)),
    phone: (shown, identity, service) => show(shown, 'e-CPS', phone(identity, service)),
    requests: (shown, requests) => {
      // Somebody who waits must not have to reload; a page with buttons stays still.
      if (requests.length === 0) shown.set('Refresh', '1')
      show(shown, 'Téléphones de test', requests.map(request).join('') || '<p>Aucune demande.</p>')
    },
  }
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
  return `<p>Carte de test de <strong>${text(fullName(identity))}</strong></p>
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
  return `<p>Téléphone de test de <strong>${text(fullName(identity))}</strong></p>
<h2>Validez sur votre téléphone</h2>
<p>Le service «&nbsp;${text(service)}&nbsp;» vous demande de vous identifier. Vérifiez que votre téléphone affiche ce nombre&nbsp;:</p>
<p class="number"><output aria-label="Nombre à vérifier">${number}</output></p>
<form method="post">
<button name="action" value="valider">J'ai validé sur mon téléphone</button>
<button class="second" name="action" value="refuser">Refuser</button>
${cancel}
</form>`
}

function request({ id, service, identity, channel, bindingMessage }: PendingRequest): string {
  const where = channel === 'MOBILE' ? 'e-CPS' : 'Carte CPS'
  return `<section aria-label="${text(fullName(identity))}">
<h2>${where} de ${text(fullName(identity))}</h2>
<p>Le service «&nbsp;${text(service)}&nbsp;» vous demande de vous identifier. Vérifiez qu'il affiche ce nombre&nbsp;:</p>
<p class="number"><output aria-label="Nombre à vérifier">${text(bindingMessage)}</output></p>
<form method="post">
<input type="hidden" name="request" value="${text(id)}">
<button name="action" value="valider">Valider</button>
<button class="second" name="action" value="refuser">Refuser</button>
</form>
</section>`
}

function fullName({ givenName, familyName }: Identity): string {
  return `${givenName} ${familyName}`
}
