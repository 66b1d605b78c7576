import { usages } from '../cli.ts'
import { type Article, code, info, opening, points, section, table, text, watch } from './article.ts'

type Right =
  'Tous' | 'Administrateur' | 'Administrateur ou titulaire' | 'Tous ; `--named` : administrateur ou titulaire'

/** What each command does, and who may run it. A test compares them with the commands that there are. */
const rows: readonly (readonly [usage: string, does: string, right: Right])[] = [
  [usages.version, 'Dit la version.', 'Tous'],
  [
    usages.checkConfig,
    'Lit comptoir.json, ou le fichier nommé, et dit chaque faute, sans rien démarrer.',
    'Tous',
  ],
  [
    usages.diagnostic,
    'Fait le diagnostic du poste. `--named` : avec les noms et les RPPS. `--output` remplace le fichier.',
    'Tous ; `--named` : administrateur ou titulaire',
  ],
  [usages.listOperators, "Liste l'équipe.", 'Administrateur ou titulaire'],
  [
    usages.importOperators,
    "Crée les opérateurs d'un fichier CSV. `--dry-run` : essai, rien n'est créé.",
    'Administrateur ou titulaire',
  ],
  [usages.unblockOperator, 'Débloque un code.', 'Administrateur ou titulaire'],
  [usages.resetPassword, 'Donne un mot de passe provisoire.', 'Administrateur ou titulaire'],
  [usages.exportJournal, 'Écrit le journal dans un fichier.', 'Administrateur ou titulaire'],
  [usages.verifyJournal, 'Vérifie que le journal est intact.', 'Tous'],
  [usages.backup, 'Copie la base dans un fichier, et vérifie la copie.', 'Administrateur ou titulaire'],
  [
    usages.restore,
    'Remet une sauvegarde à la place de la base. Comptoir doit être fermé.',
    'Administrateur ou titulaire',
  ],
  [
    usages.setSecret,
    "Range un secret dans le trousseau du compte, depuis l'entrée standard.",
    'Administrateur ou titulaire',
  ],
  [usages.deleteSecret, 'Enlève un secret du trousseau.', 'Administrateur ou titulaire'],
  [usages.listSecrets, 'Dit quels secrets sont rangés, sans les montrer.', 'Tous'],
  [
    usages.prepare,
    "Prépare un poste où Comptoir est installé : dossiers et droits, comptoir.json s'il n'y en a pas, code du premier titulaire. L'installateur s'en charge, sauf sous macOS.",
    'Administrateur',
  ],
]

/** « Commandes ». */
export const commandsHelp: Article = [
  opening(
    text(
      'Le même programme, sans fenêtre : pour un installateur, une tâche planifiée, ou un poste pris en main à distance. Les commandes marchent aussi pendant que Comptoir est ouvert.',
    ),
  ),
  section(
    'Les commandes',
    table(
      ['`comptoir` …', 'Ce que cela fait', 'Qui'],
      ...rows.map(([usage, does, right]) => [`\`${usage}\``, does, right]),
    ),
  ),
  section(
    'Les droits',
    points(
      'Administrateur : le compte qui peut écrire là où est comptoir.json.',
      "Sinon, un titulaire : envoyez son code et son mot de passe par l'entrée standard, une ligne chacun. Ses erreurs comptent comme à l'écran.",
      'Ce qui écrit ou exporte est noté au journal, avec le compte du système.',
      'Les secrets vont dans le trousseau du compte qui lance la commande : ouvrez la session du comptoir.',
    ),
    text(
      "Un titulaire, sans droits d'administrateur, dans PowerShell : écrivez son code et son mot de passe dans un éditeur, une ligne chacun, copiez les deux lignes, lancez la commande, puis copiez autre chose :",
    ),
    code('Get-Clipboard | comptoir backup sauvegarde.db'),
    text('Sous Linux (bash), tapez-les quand elle les attend, « Entrée » après chacun :'),
    code('(read -r CODE && read -rs MDP && printf \'%s\\n\' "$CODE" "$MDP") | comptoir backup sauvegarde.db'),
    watch(
      "Ne mettez ni mot de passe, ni secret dans la ligne de commande elle-même : les autres programmes du poste l'y liraient.",
    ),
  ),
  section(
    'Les codes de sortie',
    table(
      ['Code', 'Ce que cela veut dire'],
      ['0', 'Fait. Pour `--diagnostic` : tout est correct.'],
      ['1', 'Refusé, ou trouvé faux. Pour `--diagnostic` : à surveiller.'],
      ['2', 'Pour `--diagnostic` seulement : à corriger.'],
      ['64', 'La commande est mal écrite.'],
      ['69', 'Indisponible : la base ou un service ne répond pas.'],
      [
        '74',
        "Disque : plein, en lecture seule, ou fichier abîmé. Pour `--check-config` : le fichier nommé n'existe pas.",
      ],
      ['78', 'Réglages à corriger : comptoir.json a des fautes.'],
    ),
    text("Les erreurs vont sur la sortie d'erreur, en français, une ligne chacune."),
    info('Sous Windows, où est `comptoir`, et comment y lire les accents : [[install]].'),
  ),
]
