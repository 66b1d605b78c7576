import type { Card, CardState, Remark } from '../../../native/card/states.ts'
import { cardFacts, snapshotFacts } from './card-facts.ts'
import { contactTexts } from './contacts.ts'
import { dayOf, fr, measured } from './french.ts'

/** How grave a state is. `mend`: nothing works until it is put right. */
export type CardTone = 'neutral' | 'fine' | 'watch' | 'mend'

/** What is the matter, and what to do about it. */
export type CardText = {
  readonly text: string
  readonly remedy: string | null
  readonly tone: CardTone
}

type Draft = readonly [tone: CardTone, text: string, remedy?: string]

function written([tone, text, remedy]: Draft): CardText {
  return { text: fr(text), remedy: remedy === undefined ? null : fr(remedy), tone }
}

/** What the pill says of a state (one line), with its remedy and its tone. Of a card: its gravest remark, else whose it is. */
export function cardText(state: CardState): CardText {
  switch (state.kind) {
    case 'searching':
      return written(['neutral', 'Recherche du lecteur…'])
    case 'reading':
      return written(['neutral', 'Lecture de la carte…'])
    case 'cryptolib-missing':
      return written([
        'mend',
        'Cryptolib absente',
        'Le logiciel Cryptolib CPS manque sur ce poste. Appelez votre assistance. En attendant : e-CPS ou code opérateur.',
      ])
    case 'cryptolib-32-bit-only':
      return written([
        'mend',
        'Cryptolib 32 bits seulement',
        'Installez la version 64 bits : elle contient les deux.',
      ])
    case 'cryptolib-unusable': {
      // A path is shown as it is: typography is for sentences.
      const { remedy, ...rest } = written([
        'mend',
        'Cryptolib inutilisable',
        `ne se charge pas. Réinstallez Cryptolib CPS.${inBrackets(state.reference)}`,
      ])
      return { ...rest, remedy: `${state.path} ${remedy}` }
    }
    case 'cryptolib-too-old':
      return written([
        'mend',
        'Cryptolib trop ancienne',
        `Une CPS4 demande Cryptolib 5.2 ou plus ; ce poste a ${state.version}.`,
      ])
    case 'restarting':
      return written([
        'watch',
        'Lecture de carte : redémarrage…',
        `Rien à faire. Si cela revient, débranchez et rebranchez le lecteur, puis prévenez votre assistance.${inBrackets(state.reference)}`,
      ])
    case 'service-stopped':
      return written([
        'mend',
        'Service Carte à puce arrêté',
        'Redémarrez le poste ; si rien ne change, appelez votre assistance.',
      ])
    case 'no-reader':
      return written(['neutral', 'Aucun lecteur', 'Branchez le lecteur, ou changez de prise USB.'])
    case 'remote-session':
      return written(['watch', 'Session à distance', redirection[state.by]])
    case 'empty-reader':
      return written(['neutral', 'Lecteur sans carte', 'Insérez votre carte, puce en avant.'])
    case 'reader-busy':
      return written([
        'watch',
        'Lecteur occupé',
        "Un autre logiciel utilise le lecteur. Terminez l'opération en cours.",
      ])
    case 'mute':
      return written([
        'watch',
        "Carte à l'envers ou illisible",
        'Retirez-la, vérifiez le sens, essuyez la puce à sec, réinsérez-la. Toujours muette : faites-la remplacer.',
      ])
    case 'vitale':
      return written(['neutral', 'Carte Vitale', 'Comptoir ne lit pas les cartes Vitale.'])
    case 'not-recognised':
      return written([
        'watch',
        'Carte non reconnue',
        "Ce n'est pas une carte CPS, ou Cryptolib est trop ancienne.",
      ])
    case 'several-cards':
      return written(['watch', 'Plusieurs cartes', 'Laissez seulement la vôtre.'])
    case 'card': {
      const [gravest] = state.remarks
      return gravest === undefined
        ? { text: cardName(state.card), remedy: null, tone: 'fine' }
        : remarkText(gravest, state.card)
    }
    default:
      return state satisfies never
  }
}

const redirection: Record<Extract<CardState, { kind: 'remote-session' }>['by'], string> = {
  rdp: 'Le lecteur doit être redirigé : Bureau à distance › Ressources locales › Cartes à puce.',
  citrix: 'Le lecteur doit être redirigé dans Citrix Workspace : voyez votre assistance.',
  other: "Le lecteur doit être redirigé depuis l'ordinateur où il est branché : voyez votre assistance.",
}

/** One thing to say of a card, what to do about it, and how grave it is. */
export function remarkText(remark: Remark, card: Card): CardText {
  const { type, validUntil } = readOf(card)
  const until = validUntil === null ? '…' : dayOf(validUntil)
  switch (remark) {
    case 'blocked':
      return written([
        'mend',
        'Carte bloquée',
        `Débloquez-la dans CPS Gestion avec le code de déblocage à 8 chiffres (même courrier que le code porteur). ${contactTexts.lostCode()} En attendant : e-CPS ou code opérateur.`,
      ])
    case 'expired':
      return written([
        'mend',
        `Carte expirée le ${until}`,
        'Pro Santé Connect la refuse. e-CPS ou code opérateur en attendant la nouvelle.',
      ])
    case 'last-try':
      return written([
        'mend',
        'Code porteur : dernier essai',
        'Une erreur de plus bloque la carte. En cas de doute, arrêtez : e-CPS ou code opérateur.',
      ])
    case 'two-tries':
      return written([
        'watch',
        'Code porteur : 2 essais restants',
        "Le code porteur est dans le courrier de l'ANS ; ce n'est pas votre code opérateur.",
      ])
    case 'unreadable-certificate':
      return written([
        'watch',
        'Certificat de la carte illisible',
        'Retirez-la, puis réinsérez-la. Si cela revient : e-CPS ou code opérateur, et prévenez votre assistance.',
      ])
    case 'test':
      return written(['watch', 'Carte de test', 'Refusée par Pro Santé Connect en production.'])
    case 'expiring':
      return written([
        'watch',
        `Carte valable jusqu'au ${until}`,
        "La nouvelle n'est pas arrivée ? Voyez votre Ordre ou le portail Ma Carte.",
      ])
    case 'contactless':
      return written([
        'neutral',
        'Carte sans contact',
        'Insérez-la dans le lecteur : sans contact, ni nom ni RPPS.',
      ])
    case 'without-rpps':
      return written(['neutral', `${ofType(type)} sans RPPS`, 'Utilisez votre code opérateur.'])
    default:
      return remark satisfies never
  }
}

/** « Carte CPS · ADJOINTPHARM ». A card that names nobody is called by its label. */
export function cardName(card: Card): string {
  const { type, lastName } = readOf(card)
  return fr(`${ofType(type)} · ${lastName?.toLocaleUpperCase('fr') ?? card.label}`)
}

function ofType(type: string | null): string {
  return type === null ? 'Carte' : `Carte ${type}`
}

function readOf({ certificate }: Card) {
  return certificate.kind === 'read' ? certificate.holder : { type: null, lastName: null, validUntil: null }
}

function inBrackets(reference: string): string {
  return reference === '' ? '' : ` (réf.\u00A0${reference})`
}

/** What « Tester ma carte » comes to: how long it took, and what else was found where no card was read. */
export function testedText(state: CardState, milliseconds: number): string {
  const took = measured(milliseconds)
  if (state.kind === 'card') return `Carte lue en ${took}.`
  if (state.kind === 'several-cards') return `${state.cards.length} cartes lues en ${took}.`
  return fr(`Aucune carte lue, en ${took} : ${cardText(state).text}`)
}

export const cardTexts = {
  state: cardText,
  remark: remarkText,
  name: cardName,
  facts: cardFacts,
  snapshotFacts,
  details: 'Carte et lecteur',
  test: 'Tester ma carte',
  testing: 'Lecture en cours…',
  stopTesting: 'Ne plus attendre',
  tested: testedText,
  help: fr('Aide : la carte et le lecteur'),
  /** Under a code that nobody typed. */
  codeFromCard: "Code rempli d'après votre carte.",
  /** Beside the password that « Oui, continuer » asks for. */
  proof: {
    off: null,
    insert: 'Ou insérez votre carte dans le lecteur.',
    unusable: null,
    'insert-again': 'Ou retirez votre carte du lecteur, puis réinsérez-la.',
  },
  removed: {
    title: fr('Carte retirée. Rester connecté ?'),
    stay: 'Rester connecté',
    lock: 'Verrouiller',
    countdown: (seconds: number) => fr(`Sans réponse, verrouillage dans ${seconds} s`),
  },
  stillInReader: 'Votre carte est encore dans le lecteur.',
  stillInReaderRemedy: 'Reprenez-la avant de partir.',
} as const
