import { code, type HelpSection, info, points, section, steps, table, text, watch } from './article.ts'

/** What is put where, with which rights. */
export const placesSection: HelpSection = section(
  'Où Comptoir range quoi',
  table(
    ['Système', 'Programme', 'Réglages', 'Données'],
    [
      'Windows',
      '`C:\\Program Files\\Comptoir`',
      '`C:\\ProgramData\\Comptoir\\comptoir.json`',
      '`C:\\ProgramData\\Comptoir\\data`',
    ],
    ['Linux', '`/opt/Comptoir`', '`/etc/comptoir/comptoir.json`', '`/var/lib/comptoir`'],
    [
      'macOS',
      '`/Applications`',
      '`/Library/Application Support/Comptoir/comptoir.json`',
      '`/Library/Application Support/Comptoir/data`',
    ],
  ),
  points(
    'Programme et réglages : les administrateurs écrivent, tous les comptes lisent. Données : tous les comptes écrivent.',
    'Dans les données : la base, le journal, les sauvegardes, les profils et le journal technique. Dans le trousseau de chaque compte : ses secrets.',
    "Un comptoir.json déjà là n'est jamais remplacé ni corrigé. L'installateur le lit : s'il a des fautes, il les dit, et finit le reste.",
    'Posez-le donc avant, par votre outil, ou donnez-le par `CONFIG`. Un même fichier convient à tous les postes.',
    '`comptoir.schema.json` et `comptoir.exemple.json`, à côté, sont à Comptoir : chaque version les remplace.',
    'Sans comptoir.json, Comptoir démarre avec ses valeurs par défaut : aucun module, pas de Pro Santé Connect.',
  ),
)

/** What follows the first installation: the next versions, and the last day. */
export const afterSections: readonly HelpSection[] = [
  section(
    'Mettre à jour',
    text(
      "Comptoir ne se met jamais à jour de lui-même : le service informatique pousse les versions. Avec `updates.url`, l'adresse en HTTPS d'un fichier comme celui-ci, il dit seulement qu'une plus récente existe :",
    ),
    code('{ "version": "1.2.0", "page": "https://intranet.example/comptoir" }'),
    steps(
      "Gardez une sauvegarde ailleurs que sur le poste : `comptoir backup FICHIER`. Elle seule permet de revenir à la version d'avant.",
      "Fermez Comptoir dans toutes les sessions. Ouvert, l'installateur le dit et ne change rien.",
      'Lancez la même commande avec le nouveau paquet. Les options ne servent plus : comptoir.json est là.',
      'Au premier démarrage, la base passe au nouveau format en une fois : les opérateurs et le journal restent.',
      'Contrôlez : `comptoir --version`, puis [[diagnostic]].',
    ),
    watch('Une version plus ancienne est refusée : elle ne saurait pas lire la base.'),
  ),
  section(
    'Désinstaller',
    text(
      'Sans option, le programme part ; comptoir.json, les opérateurs, le journal et les sauvegardes restent.',
    ),
    code('Start-Process -Wait "C:\\Program Files\\Comptoir\\Uninstall Comptoir.exe" /S'),
    code('msiexec /x Comptoir-1.2.0-x64.msi /qn /norestart'),
    code('sudo apt-get remove comptoir'),
    text('Pour effacer aussi les réglages et les données :'),
    code('Start-Process -Wait "C:\\Program Files\\Comptoir\\Uninstall Comptoir.exe" "/S /DELETEDATA"'),
    code('msiexec /x Comptoir-1.2.0-x64.msi /qn /norestart DELETEDATA=1'),
    code('sudo apt-get purge comptoir'),
    watch(
      "Effacer les données efface le journal, que le titulaire doit pouvoir montrer : exportez-le d'abord, par `comptoir journal export`.",
    ),
    points(
      'Restent dans tous les cas : les sauvegardes de `storage.backupFolder` et les secrets du trousseau de chaque compte, à enlever par `comptoir secret delete`.',
      "macOS : jetez l'application ; le dossier `/Library/Application Support/Comptoir` se supprime à la main.",
    ),
    info('Un poste change de place : restaurez une de ses sauvegardes sur le nouveau. Voyez [[backups]].'),
  ),
]
