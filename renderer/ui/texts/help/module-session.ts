import { type Article, code, opening, points, section, table, text, watch } from './article.ts'

/**
 * The client of a program, as the help shows it and as e2e/module-session.spec.ts runs it. `onSession` is the program's
 * own. It takes nobody from a token that is not sound, and says the end when Comptoir is suddenly gone. Node 18 or later,
 * no library.
 */
export const programClient = `import { createPublicKey, verify } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
const module = 'stock' // l'id du module dans comptoir.json
const { COMPTOIR_SESSION_URL: url, COMPTOIR_SESSION_TICKET: ticket } = process.env
const ask = async (path, options) => (await fetch(url + path, options)).json()
const headers = { 'content-type': 'application/json' }
const given = await ask('/session', { method: 'POST', headers, body: JSON.stringify({ ticket, module }) })
if (given.error) throw new Error(given.error)
const key = createPublicKey({ key: (await ask('/jwks.json')).keys[0], format: 'jwk' })
const read = (token) => {
  const [head, body, mark] = token.split('.')
  const sound = verify('sha256', Buffer.from(head + '.' + body), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(mark, 'base64url'))
  const person = JSON.parse(Buffer.from(body, 'base64url'))
  return sound && person.aud === module && person.exp * 1000 > Date.now() ? person : null
}
try {
  const { body } = await fetch(url + '/events', { headers: { authorization: 'Bearer ' + given.stream } })
  for await (const line of createInterface(Readable.fromWeb(body))) {
    if (line.startsWith('event: ')) given.event = line.slice(7)
    if (line.startsWith('data: ')) onSession(given.event, line.includes('token') ? read(JSON.parse(line.slice(6)).token) : null)
  }
} catch {} finally { onSession('ended', null) } // coupé aussi : plus personne n'est là
`

/** The client of a web page, as the help shows it and as e2e/module-session.spec.ts runs it. */
export const pageClient = `const events = new EventSource('comptoir-session://session/events')
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const read = (token) => JSON.parse(new TextDecoder().decode(bytes(token.split('.')[1])))
for (const name of ['connected', 'resumed', 'locked', 'changed', 'ended'])
  events.addEventListener(name, ({ data }) => {
    const { token } = JSON.parse(data)
    onSession(name, token ? read(token) : null)
  })
`

/** « Donner la session à un module »: for whoever installs Comptoir, and whoever publishes the module. */
export const moduleSessionHelp: Article = [
  opening(
    text(
      "Un module peut savoir qui est connecté, sans redemander ni code ni mot de passe. Cette page s'adresse à la personne qui installe Comptoir et à l'éditeur du module.",
    ),
  ),
  section(
    "Ce que l'installateur écrit",
    points(
      'Dans comptoir.json, ajoutez `"session": true` au module : il reçoit tout ce qui suit.',
      'Pour ne donner que le nécessaire, nommez-le : `"session": { "claims": ["code", "role"] }`. Un module qui affiche un prénom n\'a pas besoin du RPPS.',
      "Un module ouvert dans le navigateur du système (`kind` : `browser`) ne peut rien recevoir : d'autres pages y sont ouvertes. Comptoir refuse ce réglage.",
      "Un module `access` : `none` ouvert quand personne n'est connecté ne reçoit rien, même si quelqu'un se connecte ensuite : fermez-le et rouvrez-le.",
      "Un réglage changé vaut à la prochaine ouverture du module : fermez-le et rouvrez-le pour qu'il apprenne moins.",
      "Ne donnez la session qu'à une page en https : en http, n'importe qui sur le réseau peut la remplacer et apprendre ce qu'elle apprend.",
    ),
  ),
  section(
    'Ce que dit le jeton',
    table(
      ['Réglage', 'Dans le jeton', 'Ce que cela veut dire'],
      ['`code`', '`code`', 'Le code opérateur.'],
      ['`name`', '`given_name`, `family_name`', 'Le prénom et le nom.'],
      [
        '`role`',
        '`role`',
        '`titulaire`, `adjoint`, `remplacant`, `preparateur`, `etudiant`, `apprenti` ou `autre`.',
      ],
      ['`rpps`', '`rpps`', "Les 11 chiffres ; absent si l'opérateur n'en a pas."],
      [
        '`means`',
        '`means`',
        "`password`, `psc-card`, `psc-e-cps`, `psc`, ou `after-psc` : venu par Pro Santé Connect, qu'il a quitté depuis.",
      ],
      [
        '`acr`',
        '`acr`',
        "Le niveau, seulement quand Pro Santé Connect lui-même l'affirme, jamais un intermédiaire.",
      ],
      [
        'Toujours donnés',
        '`since`, `until`, `sub`, `iss`, `aud`, `exp`, `iat`, `jti`',
        "Le début et la fin prévue de la session (temps universel) ; l'identifiant de l'opérateur, qui ne change jamais ; le poste ; l'`id` du module ; `exp` est la fin prévue.",
      ],
    ),
    text(
      "C'est un JWT signé (ES256), par une clé que Comptoir fabrique à chaque démarrage et qui ne quitte pas sa mémoire. La clé publique est à `/jwks.json` : ce jeton prouve quelque chose sur ce poste, rien à un serveur distant.",
    ),
  ),
  section(
    'Pour un programme',
    points(
      "Au lancement, son environnement contient `COMPTOIR_SESSION_URL` (une adresse de ce poste seulement, différente chaque fois) et `COMPTOIR_SESSION_TICKET`. S'ils manquent, personne n'est connecté, ou le module n'y a pas droit.",
      'Le ticket s\'échange une seule fois, dans les 120 secondes : `POST /session` avec `{ "ticket": … }` en JSON, et `module`, son `id`, pour que Comptoir le vérifie. La réponse contient `token`, `stream` et `module`.',
      "`GET /events` avec `Authorization: Bearer` suivi de `stream` dit ensuite tout ce qui change, jusqu'à la fin du programme (Server-Sent Events). S'il se coupe, il n'y a plus personne à croire ; si Comptoir fonctionne, rouvrez-le.",
      "Un lanceur qui passe la main à un autre programme perd la session avec son propre processus : c'est le programme qui reste que Comptoir doit lancer.",
    ),
    text(
      "Cette vingtaine de lignes suffit (Node 18 ou plus, sans bibliothèque). `onSession` est à vous : il reçoit le nom de l'événement, et la personne, ou `null` quand il n'y a personne à croire.",
    ),
    code(programClient.trimEnd()),
  ),
  section(
    'Pour une page web dans une fenêtre de Comptoir',
    points(
      "Elle n'a ni ticket ni adresse : elle demande `comptoir-session://session/`, que Comptoir ne sert que dans sa fenêtre, à ses propres origines. Aucune autre page, aucun cadre d'un autre site, aucun worker partagé n'obtient de réponse.",
      '`comptoir-session://session/` répond `{ "state": …, "token": … }` ; `state` porte le nom du dernier événement, ou `nobody`. `/events` dit ce qui change ; `/jwks.json` donne la clé publique.',
      'Si la page a une politique de sécurité (CSP), ajoutez `comptoir-session:` à sa directive `connect-src`.',
    ),
    text('Ces huit lignes suffisent ; `onSession` est à vous.'),
    code(pageClient.trimEnd()),
  ),
  section(
    'Ce que le module entend',
    table(
      ['Événement', "Ce qui s'est passé, et que faire"],
      ['`connected`', 'Son opérateur est connecté, ou ce que dit son jeton vient de changer. Avec `token`.'],
      ['`locked`', 'Comptoir est verrouillé : masquez ce qui est personnel.'],
      [
        '`changed`',
        "Un autre opérateur a pris la place ; le module n'apprend pas qui. Ne faites plus rien au nom du sien.",
      ],
      [
        '`ended`',
        "La session est terminée. `reason` : `session` (l'opérateur peut revenir), `closed` (Comptoir ou le module se ferme) ou `revoked` (un ticket a servi deux fois).",
      ],
      ['`resumed`', 'Son opérateur est revenu. Avec un nouveau `token`.'],
    ),
  ),
  section(
    'Ce qui est refusé',
    table(
      ['`error`', 'Ce que cela veut dire, et que faire'],
      [
        '`used-ticket`',
        "Le ticket a déjà servi. Deux programmes l'ont eu, et Comptoir ne sait pas lequel est le vôtre : ce qui avait été donné est retiré. Fermez le module et rouvrez-le ; si cela revient, appelez votre assistance.",
      ],
      ['`expired-ticket`', 'Plus de 120 secondes ont passé. Fermez le module et rouvrez-le.'],
      [
        '`operator-gone`',
        "L'opérateur n'est plus au comptoir. Réessayez à son retour, dans les 120 secondes.",
      ],
      ['`other-module`', "Le ticket est celui d'un autre module : il est retiré, comme s'il avait servi."],
      ['`unknown-ticket`', "Comptoir ne connaît pas ce ticket, ou le module s'est arrêté."],
      [
        '`malformed`, `wrong-type`, `too-large`, `wrong-method`, `not-found`',
        "La demande n'est pas celle décrite ici.",
      ],
      [
        '`from-a-browser`, `wrong-host`',
        "Une page web ne peut rien demander à cette adresse, quelle qu'elle soit.",
      ],
      [
        '`unknown-token`, `too-many-streams`',
        "Ce `stream` n'est pas, ou n'est plus, celui d'un module ouvert ; ou quatre flux sont déjà ouverts.",
      ],
      ['`unavailable`', "Le journal n'a pas pu être écrit : rien n'est donné. Réessayez."],
    ),
    text(
      "Chaque identité donnée et chaque ticket refusé s'inscrivent dans le journal ; jamais le ticket ni le jeton.",
    ),
  ),
  section(
    "Ce que l'éditeur promet",
    points(
      "Oublier le jeton à `locked`, à `changed`, à `ended` et quand le flux se coupe : un jeton déjà donné ne peut pas être repris, le flux est seul à dire qu'il ne vaut plus.",
      'Ne passer le ticket ni en argument, ni dans un fichier, ni dans un message de diagnostic, ni à un autre programme.',
      "Vérifier la signature, puis `aud` (un jeton fait pour un autre module n'est pas pour le sien) et `exp`.",
      "Garder la clé publique lue au début : elle ne change pas tant que Comptoir fonctionne, et l'adresse, elle, peut passer à un autre programme quand il s'arrête.",
      "Demander sans proxy : `127.0.0.1` est ce poste, et le ticket n'a pas à en sortir.",
    ),
    watch(
      "Tout programme lancé sous le même compte peut lire l'environnement d'un autre : le ticket protège d'un autre module et d'une page web, pas d'un logiciel malveillant déjà sur le poste.",
    ),
  ),
]
