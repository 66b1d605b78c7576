import {
  type Article,
  info,
  opening,
  picture,
  points,
  section,
  steps,
  table,
  text,
  watch,
} from './article.ts'

/** « Changer d'opérateur ». */
export const switchHelp: Article = [
  opening(
    text(
      "Chacun travaille sous son nom. « Changer d'opérateur » verrouille tout de suite, puis demande qui vient.",
    ),
  ),
  section(
    'Les étapes',
    steps(
      "Cliquez sur « Changer d'opérateur », ou utilisez le raccourci du poste, depuis n'importe quel logiciel.",
      'La personne qui vient tape son code, puis son mot de passe. Pro Santé Connect sert aussi.',
      'Elle est connectée. « Annuler » revient au verrou, jamais à la session de la personne précédente.',
    ),
    picture('launcher'),
    points(
      "Le raccourci du poste est écrit sur le bouton. Rien n'y est écrit ? Votre assistance peut en régler un (`identification.shortcut`, voyez [[settings]]).",
      "Sous « Opérateurs récents », cliquez sur votre prénom. Au clavier : ↓ ou ↑, puis « Entrée » ; ou Alt+1 pour le premier, jusqu'à Alt+6. Il reste le mot de passe.",
      "Un lecteur de badge qui tape comme un clavier remplit le code ; le mot de passe reste à taper. Un code-barres de produit n'est jamais pris pour un code.",
      "Écran tactile : touchez-le, un clavier pour le code et de grands noms s'affichent.",
    ),
  ),
  section(
    'Ce que deviennent les sessions',
    table(
      ['Qui', 'Ce qui se passe'],
      [
        'La personne qui part',
        "Sa session attend sur ce poste, jusqu'à sa fin. Elle revient par son mot de passe, avec ce qu'elle avait.",
      ],
      [
        'Plusieurs personnes',
        'Plusieurs sessions peuvent attendre sur un poste. Aucune ne se mélange à une autre.',
      ],
      [
        'Pro Santé Connect',
        "La session retrouve son niveau. Un site ouvert dans le navigateur peut redemander la carte ou l'e-CPS.",
      ],
      ['Après un redémarrage de Comptoir', "Rien ne revient : on s'identifie de nouveau."],
    ),
    text(
      'Une session dure quatre heures au plus, sauf autre réglage. Dix minutes avant la fin, « Me réidentifier maintenant » la prolonge.',
    ),
  ),
  section(
    '« Ouvert au nom de… »',
    text(
      "Une page ouverte dans Comptoir par quelqu'un d'autre est couverte d'un voile : rien ne se voit, rien ne se perd. Comptoir ne peut pas couvrir un autre logiciel, ni le navigateur.",
    ),
    points(
      "« Reprendre » : la personne nommée s'identifie, et retrouve son module.",
      "« Fermer » : le module se ferme. Si une saisie n'est pas enregistrée, Comptoir le demande d'abord.",
      "Pour ouvrir ce module à votre nom, fermez-le d'abord.",
    ),
  ),
  section(
    '« Rester connecté ? »',
    text('Quand vous quittez un module, Comptoir demande si vous restez au comptoir.'),
    picture('question'),
    points(
      '« Rester connecté » : rien ne change.',
      '« Déconnecter » : votre session se termine, et Pro Santé Connect aussi dans le navigateur, si vous en veniez.',
      '« Rester connecté, quitter Pro Santé Connect » : vous gardez votre session, sans son niveau.',
      "Sans réponse, la déconnexion vient d'elle-même : le temps restant est affiché. Pro Santé Connect reste alors ouvert dans le navigateur.",
    ),
    text(
      "S'il vous reste un autre module ouvert, aucun temps n'est compté : travaillez, la question s'en va.",
    ),
    info("Ouvrir cette aide n'arrête pas ce temps, et ne répond pas à votre place."),
  ),
]

/** « Comptoir verrouillé ». */
export const lockedHelp: Article = [
  opening(
    text(
      "Comptoir s'est verrouillé pour que personne ne travaille sous votre nom. Votre session vous attend.",
    ),
  ),
  section(
    'Reprendre',
    steps(
      'Vérifiez que le nom affiché est le vôtre.',
      'Tapez votre mot de passe, puis « Déverrouiller ». Ou Pro Santé Connect (Alt+P).',
      "Ce n'est pas vous ? « Changer d'opérateur ».",
    ),
    picture('locked'),
  ),
  section(
    'Pourquoi ?',
    table(
      ['Ce qui est écrit', 'Ce qui est arrivé'],
      [
        '« Après 10 min sans activité. »',
        "Personne n'a touché au clavier ni à la souris. Le temps se règle (`session.idleLockMinutes`).",
      ],
      ['« Avec la session Windows. »', 'La session de Windows a été verrouillée (Windows+L).'],
      ['« À la mise en veille. »', "Le poste s'est mis en veille, ou l'ordinateur portable a été refermé."],
      ['« Carte retirée. »', 'Votre carte a quitté le lecteur.'],
      ["« Changement d'opérateur demandé. »", "Quelqu'un a demandé à changer d'opérateur, puis a annulé."],
    ),
  ),
  section(
    'Juste avant : vingt secondes pour rester',
    text(
      "Avant de verrouiller faute d'activité, Comptoir le montre pendant vingt secondes. « Rester connecté », ou n'importe quelle touche, ou la souris, suffit.",
    ),
    points(
      'Carte retirée : Comptoir demande « Rester connecté » ou « Verrouiller », sauf autre réglage (`card.onRemoval`).',
      'La session de Windows et la mise en veille verrouillent tout de suite. (Sous Linux, le système ne dit que la mise en veille.)',
      "Vos modules restent ouverts ; les pages de Comptoir sont couvertes d'un voile. Une saisie en cours n'est pas perdue.",
    ),
  ),
  section(
    '« Session terminée »',
    text(
      'Une session a une fin : quatre heures par défaut. Identifiez-vous de nouveau : vos modules sont restés ouverts, et les pages sous leur voile reviennent avec vous.',
    ),
  ),
  section(
    'Fermer la journée',
    text(
      '« Fermer la journée » termine toutes les sessions de ce poste, Pro Santé Connect et les pages ouvertes par Comptoir. Les autres logiciels restent ouverts : fermez-les vous-même. Comptoir reste ouvert, prêt pour le lendemain.',
    ),
    steps(
      'Enregistrez ce qui est en cours dans chaque module.',
      'Choisissez « Fermer la journée », en bas de Comptoir, même verrouillé.',
      'Relisez ce qui est encore ouvert, puis confirmez.',
    ),
    watch('Reprenez les cartes des lecteurs.'),
  ),
]

/** « Gérer l'équipe ». */
export const operatorsHelp: Article = [
  opening(
    text(
      "« Opérateurs » est la liste de l'équipe : qui peut s'identifier, avec quel code, quel rôle et quels droits. Elle s'ouvre au titulaire, et aux personnes à qui il a donné le droit « Gérer les opérateurs ».",
    ),
    picture('operators'),
  ),
  section(
    'Ajouter une personne',
    steps(
      'Cliquez sur « Nouvel opérateur ».',
      'Donnez ses prénom, nom, code (de 1 à 6 lettres ou chiffres) et rôle. Le RPPS et les dates de présence sont facultatifs.',
      "Cliquez sur « Créer l'opérateur ». Comptoir peut demander votre propre mot de passe.",
      "Donnez-lui le mot de passe provisoire : il n'est montré qu'une fois. Elle choisit le sien à sa première identification.",
    ),
    text("Sans RPPS, elle s'identifie par son code. Avec, Pro Santé Connect la reconnaît : [[link-rpps]]."),
  ),
  section(
    'Ajouter toute une équipe',
    steps(
      'Dans un tableur, préparez une ligne par personne, la première nommant les colonnes : `code;nom;prenom;role;rpps;motdepasse`.',
      "Mettez la colonne RPPS au format Texte, sinon le tableur l'arrondit.",
      'Cliquez sur « Importer une liste », puis choisissez le fichier ou collez les lignes.',
      "Lisez le compte rendu. Rien n'est créé avant votre accord : tout le monde, ou personne.",
    ),
  ),
  section(
    'Que faire quand…',
    table(
      ['Ce qui arrive', 'Dans sa fiche'],
      ['Mot de passe oublié', '« Réinitialiser le mot de passe » : un provisoire est montré une seule fois.'],
      ['Code bloqué', "« Débloquer », après avoir vérifié que c'est bien cette personne qui s'est trompée."],
      [
        'Absence longue, doute',
        "« Suspendre » : sa session se termine, elle ne peut plus s'identifier. « Reprendre » lève la suspension.",
      ],
      [
        'Fin de contrat connue',
        'Écrivez le dernier jour (« Modifier ») : il arrête la personne de lui-même.',
      ],
      ['Départ', '« Départ » est définitif : le code ne sert plus, le RPPS est libéré.'],
      ['RPPS sur la mauvaise fiche', '« Dissocier le RPPS ».'],
      ['Un titulaire de plus, un droit', 'Seul un titulaire les donne (« Modifier »).'],
    ),
    points(
      "Le dernier titulaire ne peut être ni suspendu, ni changé de rôle : créez d'abord un autre titulaire.",
      'Un code ne se change pas et ne se redonne pas tant que le journal en parle.',
      "« À prévoir » montre qui n'a pas de RPPS, les derniers jours qui viennent et les cartes à renouveler.",
    ),
  ),
  section(
    'Le premier titulaire',
    text("Sur un poste qui n'a pas encore d'opérateur, Comptoir propose « Créer le titulaire »."),
    points(
      'Votre code : de 1 à 6 lettres ou chiffres, à taper au comptoir. Il ne se change plus ensuite.',
      'Votre mot de passe : trois ou quatre mots sans rapport entre eux.',
      "Comptoir installé demande les droits d'administrateur du poste pour cela : voyez [[install]].",
    ),
  ),
  section(
    'Au clavier',
    points(
      'Les flèches dans la liste, « Entrée » pour ouvrir une fiche, « Échap » pour revenir.',
      'La recherche prend un code, un nom ou un RPPS.',
    ),
    info('Chaque changement est noté au journal, avec votre nom : [[journal]].'),
  ),
]
