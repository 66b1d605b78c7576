import {
  type Article,
  type HelpBlock,
  opening,
  ownSupport,
  picture,
  section,
  steps,
  table,
  text,
  watch,
  whom,
} from './article.ts'
import { cardsDesk, oldCardsNumber, oldPscNumber } from '../../contacts.ts'
import type { CardText } from '../card.ts'
import { contactTexts } from '../contacts.ts'
import { olderNumbers } from './older-numbers.ts'

export const stateWords = {
  nothing: 'Rien à faire.',
  ready: 'La carte est prête.',
  library: 'Le fichier de Cryptolib',
  name: 'NOM',
} as const

/** « Carte bloquée, code perdu, lecteur ». `states`: all that the pill can say. */
export function cardHelp(states: readonly CardText[]): Article {
  return [
    opening(
      text(
        "La pastille en haut de Comptoir dit l'état du lecteur et de la carte. Cliquez dessus pour les détails et pour « Tester ma carte » : la carte est lue sans son code.",
      ),
    ),
    section(
      'La carte est bloquée',
      text('Trois erreurs de code porteur bloquent la carte. Elle se débloque sur ce poste :'),
      steps(
        "Prenez le courrier de l'ANS : il donne le code porteur (4 chiffres) et le code de déblocage (8 chiffres).",
        'Insérez la carte et ouvrez le logiciel CPS Gestion, installé avec Cryptolib.',
        'Demandez le déblocage : tapez le code de déblocage, puis un nouveau code porteur.',
        'Revenez à Comptoir, cliquez sur la pastille, puis sur « Tester ma carte ».',
      ),
      picture('card'),
      text(
        "En attendant : e-CPS ou code opérateur. Une caisse d'assurance maladie (CPAM) peut aussi débloquer la carte d'un libéral, avec la carte et le courrier.",
      ),
    ),
    section(
      'Le code porteur ou le code de déblocage est perdu',
      steps(
        `Retrouvez le courrier : les deux codes y sont. Introuvable ? ${contactTexts.lostCode()}`,
        "L'ANS renvoie le courrier à l'adresse qu'elle connaît : vérifiez cette adresse avec elle. Elle peut demander un formulaire signé.",
        'Au retour des codes, débloquez la carte comme ci-dessus, si elle est bloquée.',
      ),
      watch("N'essayez pas un code au hasard : à la troisième erreur, la carte se bloque."),
    ),
    section(
      'La carte est perdue, volée ou abîmée',
      steps(
        "Prévenez l'ANS sans attendre : elle rend la carte inutilisable et dit la suite.",
        "La carte d'un salarié (CPE) se gère sur le portail TOPS : prévenez aussi l'employeur.",
        'En attendant la nouvelle : e-CPS ou code opérateur.',
        'À son arrivée, il ne reste rien à faire dans Comptoir : le RPPS est le même.',
      ),
    ),
    section('Qui appeler ?', whoToCall(), ...olderNumbers(oldCardsNumber, oldPscNumber)),
    section('Deux codes à ne pas confondre', codes()),
    section('Ce que dit la pastille, et que faire', {
      kind: 'states',
      states: states.map(({ text: said, remedy, tone }) => ({
        text: said,
        remedy: remedy ?? stateWords.nothing,
        tone,
      })),
      head: ['Pastille', 'Que faire'],
    }),
  ]
}

function whoToCall(): HelpBlock {
  return whom(
    [ownSupport, 'Le poste, le lecteur, Cryptolib, Comptoir. Donnez la référence (réf.) affichée.'],
    [contactTexts.whom(), "La carte, le code porteur, le code de déblocage, l'e-CPS, Pro Santé Connect."],
    [contactTexts.desk(cardsDesk), 'La carte et ses codes, par écrit.'],
  )
}

function codes(): HelpBlock {
  return table(
    ['À savoir', 'Code porteur', 'Code opérateur'],
    [
      'À quoi il sert',
      'À prouver que la carte est la vôtre.',
      'À vous identifier dans Comptoir, avec votre mot de passe.',
    ],
    [
      "D'où il vient",
      "Du courrier de l'ANS. À la livraison de la carte, il a 4 chiffres.",
      'Du titulaire. De 1 à 6 lettres ou chiffres.',
    ],
    [
      'Qui le demande',
      'Le navigateur avec Pro Santé Connect, ou un autre logiciel de santé. Jamais Comptoir.',
      'La fenêtre « Identification » de Comptoir.',
    ],
    [
      'En cas de doute',
      'Arrêtez avant la troisième erreur : elle bloque la carte.',
      'Voyez le titulaire, ou « Mot de passe oublié ? » pour le mot de passe.',
    ],
  )
}
