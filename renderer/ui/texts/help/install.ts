import {
  type Article,
  code,
  info,
  opening,
  ownSupport,
  points,
  section,
  steps,
  table,
  text,
  watch,
  whom,
} from './article.ts'

/** « Installation silencieuse »: only what is true today. */
export const installHelp: Article = [
  opening(
    watch(
      "L'installateur n'est pas encore publié : cette page dit ce qui est déjà vrai, et ce qu'il faudra préparer.",
    ),
  ),
  section(
    'Où Comptoir range quoi',
    table(
      ['Système', 'Réglages (administrateurs)', 'Données (tous les comptes)'],
      ['Windows', '`%ProgramData%\\Comptoir\\comptoir.json`', '`%ProgramData%\\Comptoir\\data`'],
      ['Linux', '`/etc/comptoir/comptoir.json`', '`/var/lib/comptoir`'],
      [
        'macOS',
        '`/Library/Application Support/Comptoir/comptoir.json`',
        '`/Library/Application Support/Comptoir/data`',
      ],
    ),
    points(
      'Le compte du comptoir doit pouvoir écrire dans le dossier des données, et lire comptoir.json sans pouvoir le changer.',
      "Un même comptoir.json convient à tous les postes : le nom du poste est celui de l'ordinateur.",
      'Sans comptoir.json, Comptoir démarre avec ses valeurs par défaut : aucun module, pas de Pro Santé Connect.',
    ),
  ),
  section(
    'Préparer un poste',
    steps(
      'Installez Cryptolib CPS et branchez le lecteur : [[cryptolib]].',
      'Déposez comptoir.json, puis vérifiez-le :',
    ),
    code('comptoir --check-config'),
    steps(
      'Sur la voie directe seulement, rangez les secrets dans la session du compte du comptoir : [[psc]].',
      "Créez l'équipe, à l'écran ou par `comptoir operators import equipe.csv` : [[operators]], [[commands]].",
      'Contrôlez le poste : [[diagnostic]].',
    ),
    code('comptoir --diagnostic'),
  ),
  section(
    'Le premier titulaire',
    text(
      "Tant qu'aucun opérateur n'existe, Comptoir propose « Créer le titulaire ». Une fois installé, il demande pour cela les droits d'administrateur du poste : lancez Comptoir une fois en tant qu'administrateur.",
    ),
  ),
  section(
    'Plusieurs sessions sur une machine',
    points(
      'Bureau à distance : chaque session a son propre profil, et prend un port libre parmi ceux de `psc.redirectUris`.',
      'Le lecteur de carte doit être redirigé vers la session.',
      "Les postes ont chacun leur base : l'équipe se recopie par « Exporter la liste » et « Importer une liste ».",
    ),
    info('Les réglages, un par un : [[settings]]. Les sauvegardes : [[backups]].'),
  ),
  section('Qui appeler ?', whom([ownSupport, 'Le déploiement, les réglages, le réseau.'])),
]
