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

/** « S'identifier ». */
export const identifyHelp: Article = [
  opening(
    text(
      'Comptoir ouvre les modules au nom de la personne connectée. Identifiez-vous par votre code opérateur, ou par Pro Santé Connect.',
    ),
  ),
  section(
    'Par code et mot de passe',
    steps(
      "Cliquez sur « S'identifier », ou ouvrez un module par sa touche (F2, F3…).",
      'Tapez votre code opérateur, puis « Entrée ».',
      'Tapez votre mot de passe, puis « Entrée ».',
    ),
    picture('identification'),
    points(
      '« Échap » ou « Annuler » referme la fenêtre : rien ne change.',
      'Insérez votre carte : elle remplit le code, il reste le mot de passe. Une carte déjà là avant vous ne remplit rien.',
      'Venu récemment ? Choisissez votre prénom sous « Opérateurs récents » : voyez [[switch]].',
      "Un code-barres de produit n'est jamais pris pour un code opérateur.",
      'Par Pro Santé Connect : voyez [[psc-card]] ou [[psc-e-cps]].',
    ),
  ),
  section(
    'Cela ne marche pas',
    remedies(
      [
        '« Code opérateur ou mot de passe incorrect. »',
        "Vérifiez « Verr. Maj », puis recommencez. Comptoir ne dit pas lequel des deux est faux : c'est voulu.",
      ],
      ["« Trop d'essais. »", 'Attendez la fin du décompte, ou utilisez Pro Santé Connect.'],
      [
        '« Code bloqué après 10 erreurs. »',
        'Identifiez-vous par Pro Santé Connect : cela débloque le code. Sinon, le titulaire le débloque dans « Opérateurs ».',
      ],
      ['« Opérateur suspendu. »', 'Voyez le titulaire.'],
      [
        '« Nouveau mot de passe »',
        'Celui que vous avez tapé est provisoire : choisissez le vôtre, trois ou quatre mots sans rapport entre eux.',
      ],
    ),
  ),
  section(
    'Mot de passe oublié ?',
    steps(
      'Cliquez sur « Mot de passe oublié ? », sous les champs.',
      'Identifiez-vous par Pro Santé Connect, avec votre carte ou votre e-CPS.',
      'Choisissez votre nouveau mot de passe.',
    ),
    text(
      'Sans Pro Santé Connect : le titulaire vous en donne un provisoire dans « Opérateurs » (voyez [[operators]]).',
    ),
    text('Pour seulement en changer : « Mes connexions », puis « Changer mon mot de passe ».'),
  ),
  section(
    "Je n'ai pas de code opérateur",
    text(
      "Vous remplacez quelqu'un, ou vous arrivez : Pro Santé Connect suffit, avec une personne de l'équipe.",
    ),
    steps(
      "Cliquez sur « Je n'ai pas de code opérateur ».",
      'Identifiez-vous par Pro Santé Connect.',
      'Choisissez votre code, votre mot de passe et vos dates.',
      'Le titulaire, ou une personne autorisée, confirme par son code et son mot de passe.',
    ),
    text('Sans Pro Santé Connect : le titulaire crée votre code dans « Opérateurs » (voyez [[operators]]).'),
  ),
  section(
    'Est-ce bien vous ?',
    text(
      'Le navigateur peut garder la session Pro Santé Connect de la personne précédente. Comptoir vous montre donc le nom reçu.',
    ),
    points(
      '« Oui, continuer » demande le mot de passe Comptoir de cette personne, ou sa carte, insérée à ce moment.',
      "« Non, ce n'est pas moi » ferme cette session dans le navigateur, puis recommence.",
      'Cela revient ? Fermez toutes les fenêtres du navigateur, puis recommencez.',
    ),
    watch('Ne prêtez ni code, ni mot de passe : le journal note tout au nom de leur titulaire.'),
    info('La suite : [[switch]] et [[locked]].'),
  ),
]
