import {
  type Article,
  info,
  opening,
  picture,
  points,
  remedies,
  section,
  steps,
  text,
  watch,
} from './article.ts'

/** « Pro Santé Connect avec la carte CPS ». */
export const pscCardHelp: Article = [
  opening(
    text(
      "Votre carte CPS vous identifie dans le navigateur, et Comptoir vous connecte dès qu'il en a la réponse.",
    ),
  ),
  section(
    'Avant de commencer',
    points(
      'Le lecteur est branché, et Cryptolib CPS est installée (voyez [[cryptolib]]).',
      "Vous avez le code porteur de la carte : 4 chiffres au départ, dans le courrier de l'ANS. Ce n'est pas votre code opérateur.",
    ),
  ),
  section(
    'Les étapes',
    steps(
      'Insérez la carte, puce en avant. La pastille de la carte dit votre nom.',
      "Dans « Identification », cliquez sur le bouton « PRO SANTÉ CONNECT » (Alt+P). Le navigateur s'ouvre.",
      "Choisissez l'onglet « Carte CPS », puis « SE CONNECTER AVEC LA CARTE CPS ».",
      'Choisissez le certificat à votre nom : 8 suivi de votre RPPS (voyez [[certificate]]).',
      'Tapez le code porteur, puis « OK ».',
      "Revenez à Comptoir : vous êtes connecté. L'onglet du navigateur peut être fermé.",
    ),
    picture('browser'),
    watch(
      'Trois codes porteur faux bloquent la carte. En cas de doute, arrêtez au deuxième : e-CPS ou code opérateur.',
    ),
  ),
  section(
    'Sans navigateur',
    text('Si la fenêtre « Identification » montre « Valider avec ma carte (CPS) » :'),
    steps(
      'Tapez votre code opérateur ou votre RPPS, puis « Valider avec ma carte (CPS) ».',
      'Comptoir montre un nombre à deux chiffres. Vérifiez que CPS Gestion affiche le même.',
      'Validez dans CPS Gestion, avec le code porteur de la carte.',
    ),
  ),
  section(
    'Cela ne marche pas',
    remedies(
      [
        "Le navigateur ne s'ouvre pas",
        '« Rouvrir le navigateur » ; sinon « Copier le lien », et collez-le dans un navigateur du poste.',
      ],
      [
        "La page demande d'installer une extension",
        "C'est possible la première fois : suivez la page, puis recommencez. En attendant : e-CPS ou code opérateur.",
      ],
      [
        '« Diagnostiquer mon poste »',
        'La page ne trouve pas Cryptolib : voyez [[cryptolib]], ou appelez votre assistance.',
      ],
      ['Aucun certificat, ou pas le vôtre', 'Voyez [[certificate]].'],
      ['« Carte bloquée », code porteur perdu', 'Voyez [[card]].'],
      [
        "« Le navigateur n'est pas revenu à temps. »",
        'Comptoir attend trois minutes, sauf autre réglage. Recommencez, ou utilisez votre code opérateur.',
      ],
      [
        '« Pro Santé Connect indisponible »',
        "La panne est ailleurs que sur ce poste, ou c'est le réseau : votre code opérateur marche toujours.",
      ],
      [
        '« Est-ce bien vous ? », avec un autre nom',
        "« Non, ce n'est pas moi » : Comptoir ferme cette session, puis recommence.",
      ],
      ['« Associer ce RPPS »', "C'est votre première fois par Pro Santé Connect : voyez [[link-rpps]]."],
    ),
  ),
  section(
    'En partant',
    text(
      '« Déconnecter » ferme aussi Pro Santé Connect dans le navigateur. Reprenez votre carte : Comptoir vous le rappelle si elle est restée dans le lecteur.',
    ),
  ),
]

/** « Pro Santé Connect avec l'e-CPS ». `service`: what the phone shows. */
export function pscECpsHelp(service: string): Article {
  return [
    opening(
      text("L'e-CPS est une application sur votre téléphone. Elle remplace la carte et le lecteur."),
      info("Pas encore d'e-CPS ? Voyez [[activate-e-cps]]."),
    ),
    section(
      'Avec le navigateur',
      steps(
        "Dans « Identification », cliquez sur le bouton « PRO SANTÉ CONNECT » (Alt+P). Le navigateur s'ouvre.",
        "Choisissez l'onglet « e-CPS », tapez votre RPPS, puis « SE CONNECTER AVEC E-CPS ».",
        `Sur le téléphone, ouvrez la notification. Elle dit « ${service} » : si elle dit autre chose, refusez.`,
        "Tapez le code de l'e-CPS, celui que vous avez choisi en l'activant. Si la page montre un nombre, choisissez le même sur le téléphone.",
        "Revenez à Comptoir : vous êtes connecté. L'onglet du navigateur peut être fermé.",
      ),
    ),
    section(
      'Sans navigateur',
      text('Si la fenêtre « Identification » montre « Valider sur mon téléphone (e-CPS) » :'),
      steps(
        'Tapez votre code opérateur ou votre RPPS, puis « Valider sur mon téléphone (e-CPS) ».',
        'Comptoir montre un nombre à deux chiffres. Vérifiez que le téléphone affiche le même.',
        "Validez sur le téléphone avec le code de l'e-CPS.",
      ),
      picture('phone'),
      watch(
        "Un autre nombre, ou une demande que vous n'avez pas faite ? Refusez-la sur le téléphone, puis « Annuler » : quelqu'un se trompe, ou essaie de passer pour vous.",
      ),
    ),
    section(
      'Cela ne marche pas',
      remedies(
        [
          "Rien n'arrive sur le téléphone",
          "Ouvrez l'application vous-même : la demande y attend. Vérifiez le réseau du téléphone et la mise à jour de l'application.",
        ],
        [
          "L'e-CPS est expirée",
          "Supprimez-la dans l'application, puis activez-la de nouveau : voyez [[activate-e-cps]].",
        ],
        ["Code de l'e-CPS oublié", "Activez l'e-CPS de nouveau : vous choisirez un autre code."],
        ["« La demande n'a pas été validée à temps. »", 'Recommencez, ou utilisez votre code opérateur.'],
        [
          '« Trop de demandes envoyées à cette personne. »',
          'Trois demandes en dix minutes, pas plus. Attendez, ou passez par le navigateur.',
        ],
      ),
    ),
  ]
}

/** « Associer son RPPS ». */
export const linkRppsHelp: Article = [
  opening(
    text(
      'La première fois que vous venez par Pro Santé Connect, Comptoir ne sait pas encore quel opérateur vous êtes. Vous le lui dites une seule fois.',
    ),
  ),
  section(
    'Les étapes',
    steps(
      'Identifiez-vous par Pro Santé Connect. La fenêtre « Associer ce RPPS » montre votre nom et votre RPPS.',
      'Vérifiez que ce sont les vôtres. Sinon : « Annuler ».',
      'Tapez votre code opérateur et votre mot de passe Comptoir, puis « Continuer ».',
      'Relisez la question, puis « Associer ». La fois suivante, Pro Santé Connect vous connecte directement.',
    ),
    picture('association'),
  ),
  section(
    'Cela ne marche pas',
    remedies(
      [
        '« Les noms diffèrent »',
        "Un nom d'usage suffit à l'expliquer. Associez seulement s'il s'agit de vous ; si tout diffère, une personne autorisée confirme.",
      ],
      [
        '« Le titulaire ou une personne autorisée doit confirmer. »',
        'Le titulaire, ou qui gère les opérateurs, tape son code et son mot de passe.',
      ],
      [
        "« Ce RPPS est déjà celui d'un autre opérateur. »",
        'Voyez le titulaire : dans « Opérateurs », il le dissocie de la fiche où il est par erreur.',
      ],
      [
        "L'opérateur a déjà un autre RPPS",
        "Le titulaire le dissocie d'abord (« Dissocier le RPPS »), puis vous recommencez.",
      ],
      [
        'Pro Santé Connect vous identifie sans RPPS',
        "Une carte CPE n'en a pas : utilisez votre code opérateur. Préparateur ? Voyez [[register-preparateur]].",
      ],
      ["Vous n'avez pas encore de code opérateur", "« Je n'ai pas de code opérateur » : voyez [[identify]]."],
    ),
    info(
      'Le titulaire est averti de chaque association à sa connexion suivante. Il peut aussi écrire le RPPS lui-même dans « Opérateurs ».',
    ),
  ),
]
