import type { PscImpediment, PscSnapshot, PscState } from '../../../electron/psc/state.ts'
import { dayOf, fr } from './french.ts'

/** What is the matter, what it means or what to do about it, and how grave it is. */
type PscText = {
  readonly text: string
  readonly remedy: string | null
  readonly tone: 'neutral' | 'fine' | 'watch' | 'mend'
}

/** What leads in where Pro Santé Connect does not: a code with its password, or at the lock the password alone. */
export type OtherWay = 'code' | 'password'

const otherWays: Record<OtherWay, string> = {
  code: 'utilisez votre code opérateur',
  password: 'utilisez votre mot de passe',
}
const unavailableText = 'Pro Santé Connect indisponible'
const unavailable = `${unavailableText}\u00A0— ${otherWays.code}`

/** What the pill says of a state (one line), with its remedy and its tone. */
export function pscStateText(state: PscState): PscText {
  switch (state.kind) {
    case 'off':
      return { text: 'Pro Santé Connect non activé sur ce poste', remedy: null, tone: 'neutral' }
    case 'unknown':
      return {
        text: 'Pro Santé Connect',
        remedy: 'Comptoir vérifie son état peu après le démarrage.',
        tone: 'neutral',
      }
    case 'available':
      return { text: 'Pro Santé Connect disponible', remedy: null, tone: 'fine' }
    case 'slow':
      return {
        text: 'Pro Santé Connect répond lentement',
        remedy:
          "L'identification peut durer quelques secondes de plus. Patientez, ou utilisez votre code opérateur.",
        tone: 'watch',
      }
    case 'unavailable':
      return {
        text: unavailable,
        remedy: fr(
          "Le service ne répond pas ; Comptoir l'interroge de nouveau toutes les minutes. Si le navigateur n'ouvre aucun site, vérifiez la connexion Internet de l'officine.",
        ),
        tone: 'watch',
      }
    case 'impeded': {
      const [what, remedy] = impediments[state.impediment](state.detail ?? '')
      return { text: unavailable, remedy: `${capital(what)} ${fr(remedy)}`, tone: 'mend' }
    }
    case 'clock-wrong': {
      const minutes = Math.abs(state.minutes)
      const gap = state.minutes > 0 ? 'avance' : 'retarde'
      return {
        text: fr(`Heure du poste fausse de ${minutes} min : corrigez l'heure de Windows.`),
        remedy: fr(
          `Ce poste ${gap} de ${minutes} min sur Pro Santé Connect : un tel écart empêche l'identification. En attendant, utilisez votre code opérateur.`,
        ),
        tone: 'mend',
      }
    }
    default:
      return state satisfies never
  }
}

/** What keeps Pro Santé Connect from being used on this workstation: it follows a colon. */
export function impedimentText({ impediment, detail }: Impeded): string {
  return impediments[impediment](detail ?? '')[0]
}

type Impeded = { readonly impediment: PscImpediment; readonly detail: string | null }

/** By a secret's name, a file's, two files', or a day (state.ts): names are shown as they are. */
const impediments: Readonly<
  Record<PscImpediment, (detail: string) => readonly [what: string, remedy: string]>
> = {
  'no-keychain': () => [
    'aucun trousseau de clés ne répond dans cette session.',
    'Ouvrez la session du comptoir depuis son bureau, avec le trousseau du système (sous Linux : gnome-keyring).',
  ],
  'keychain-locked': () => [
    'le trousseau de clés de cette session est verrouillé.',
    'Déverrouillez-le, ou fermez la session du poste et rouvrez-la avec son mot de passe.',
  ],
  'keychain-failed': () => [
    'le trousseau de clés de cette session a refusé de répondre.',
    'Fermez la session du poste et rouvrez-la ; si rien ne change, appelez votre assistance.',
  ],
  'secret-missing': (name) => [
    `il manque le secret ${name} dans le trousseau de ce compte.`,
    `Dans cette session, copiez-le, puis lancez ${setCopied(name)}.`,
  ],
  'file-missing': (name) => [
    name === ''
      ? 'comptoir.json ne dit pas où sont la clé et le certificat de ce poste.'
      : `le fichier ${name} est introuvable.`,
    'Remettez-le à sa place, ou corrigez comptoir.json.',
  ],
  'file-unreadable': (name) => [
    `le fichier ${name} ne peut pas être lu.`,
    'Donnez au compte du comptoir le droit de le lire.',
  ],
  'file-invalid': (name) => [
    `le fichier ${name} n'a pas la forme attendue.`,
    'Remplacez-le par celui qui a été remis pour Pro Santé Connect.',
  ],
  'passphrase-wrong': (name) => [
    `le secret qui est rangé n'ouvre pas le fichier ${name}.`,
    `Dans cette session, copiez le bon, puis lancez ${setCopied(/\.(?:p12|pfx)$/iu.test(name) ? 'psc.p12Password' : 'psc.keyPassphrase')}.`,
  ],
  'key-mismatch': (names) => {
    const [key = '', certificate = ''] = names.split('/')
    return [
      `la clé ${key} n'est pas celle du certificat ${certificate}.`,
      "Remplacez l'un ou l'autre : le certificat va avec la clé qui a servi à le demander.",
    ]
  },
  'certificate-expired': (day) => [
    `le certificat de ce poste a expiré le ${dayOf(`${day}T12:00`)}.`,
    'Vérifiez la date du poste ; si elle est juste, demandez le nouveau certificat, puis remplacez le fichier.',
  ],
}

/** A secret is never typed where it shows: the command takes it from standard input alone. */
function setCopied(name: string): string {
  return `« Get-Clipboard | comptoir secret set ${name} » dans PowerShell`
}

/** Beside the button, where Pro Santé Connect would not lead in; else null. `otherwise`: what would. */
export function pscNoticeText(
  state: PscState,
  otherwise: OtherWay | null,
): { readonly text: string; readonly remedy: string | null; readonly tone: 'watch' | 'mend' } | null {
  const text = otherwise === null ? unavailableText : `${unavailableText}\u00A0— ${otherWays[otherwise]}`
  switch (state.kind) {
    case 'unavailable':
      return { text, remedy: null, tone: 'watch' }
    case 'impeded':
      return { text, remedy: null, tone: 'mend' }
    case 'clock-wrong':
      return {
        text: pscStateText(state).text,
        remedy: otherwise === null ? null : `En attendant, ${otherWays[otherwise]}.`,
        tone: 'mend',
      }
    case 'off':
    case 'unknown':
    case 'available':
    case 'slow':
      return null
    default:
      return state satisfies never
  }
}

export const pscStateTexts = {
  state: pscStateText,
  notice: pscNoticeText,
  impediment: impedimentText,
  details: 'État de Pro Santé Connect',
  facts: ({ host }: PscSnapshot) => (host === null ? [] : [{ name: fr('Service :'), value: host }]),
  help: fr('Aide : Pro Santé Connect'),
} as const

function capital(text: string): string {
  return `${text.slice(0, 1).toLocaleUpperCase('fr')}${text.slice(1)}`
}
