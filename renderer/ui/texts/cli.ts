import { fr } from './french.ts'
import { inFrench } from './journal.ts'

/** How each command is written, after the name of the program. */
export const usages = {
  importOperators: 'operators import FICHIER.csv [--dry-run]',
  listOperators: 'operators list [--json]',
  unblockOperator: 'operators unblock CODE',
  resetPassword: 'operators reset-password CODE',
  exportJournal: 'journal export --format csv|jsonl --output FICHIER',
  verifyJournal: 'journal verify',
  backup: 'backup FICHIER',
  restore: 'restore FICHIER',
  setSecret: 'secret set NOM',
  deleteSecret: 'secret delete NOM',
  listSecrets: 'secret list',
  prepare:
    'prepare [--config FICHIER | --host SERVEUR[:PORT] [--realm NOM] [--client ID]] [--pharmacy NOM] [--finess N] [--workstation NOM] [--support NOM] [--phone TEL] [--code-file FICHIER|-] [--upgrade]',
  diagnostic: '--diagnostic [--json] [--named] [--output FICHIER]',
  checkConfig: '--check-config [FICHIER]',
  version: '--version',
} as const

type ListedState = {
  readonly suspendu: boolean
  readonly bloque: boolean
  readonly provisoire: boolean
  readonly du: string | null
  readonly au: string | null
}

/** What the command line says, one line each. */
export const cliTexts = {
  unknownCommand: fr('Commande inconnue. Commandes de Comptoir :'),
  usage: (usage: string) => `  comptoir ${usage}`,
  misused: (usage: string) => fr(`Cette commande s'écrit : comptoir ${usage}`),

  importLine: (line: number, code: string, ...sentences: readonly string[]) =>
    fr([`Ligne ${line}${code === '' ? '' : ` (${code})`} :`, ...sentences].join(' ')),
  newOperator: (parts: readonly string[]) => `${parts.join(', ')}.`,
  dryRun: (count: number) =>
    fr(
      `Essai : ${count === 1 ? "1 opérateur serait créé, il ne l'est pas" : `${count} opérateurs seraient créés, ils ne le sont pas`}.`,
    ),
  passwordsHashed: (done: number, total: number) => fr(`Mots de passe préparés : ${done} sur ${total}`),
  noOperator: (code: string) =>
    fr(`Aucun opérateur n'a le code « ${code} ». « operators list » dit qui a lequel.`),
  unblocked: (code: string) => fr(`Le code « ${code} » est débloqué.`),
  notBlocked: (code: string) => fr(`Le code « ${code} » n'était pas bloqué.`),
  team: {
    heads: ['CODE', 'NOM', 'PRÉNOM', 'RÔLE', 'RPPS', 'À SAVOIR'],
    state: ({ suspendu, bloque, provisoire, du, au }: ListedState) =>
      [
        suspendu ? 'suspendu' : '',
        bloque ? 'code bloqué' : '',
        provisoire ? 'mot de passe provisoire' : '',
        du === null ? '' : `du ${du}`,
        au === null ? '' : `au ${au}`,
      ]
        .filter((part) => part !== '')
        .join(', '),
    listed: (count: number) => fr(`${count} opérateur${count > 1 ? 's' : ''}.`),
  },

  backedUp: (file: string, upTo: number) =>
    fr(`Sauvegarde écrite et vérifiée : ${file}, jusqu'à la ligne n° ${inFrench(upTo)} du journal.`),
  restored: (file: string) =>
    fr(`Base reprise de ${file}. La précédente est gardée à côté, sous un autre nom.`),
  headOfOthers: fr(
    "Le trousseau de ce compte ne gardait rien du journal. Si le comptoir travaille sous un autre compte, sa vérification dira que le journal n'est plus celui qu'elle connaît : la ligne « Base remplacée par une sauvegarde » en est la raison.",
  ),
  inUse: fr(
    'Comptoir est ouvert sur ce dossier de données. Fermez-le dans toutes les sessions, puis recommencez.',
  ),
  notSound: (file: string) =>
    fr(
      `${file} ne se lit pas, est abîmé, ou vient d'une version plus récente : rien n'a changé. Choisissez une autre sauvegarde.`,
    ),
  administratorOnly: fr(
    "La base est abîmée ou absente : elle ne peut plus vérifier le mot de passe d'un titulaire. Lancez cette commande en tant qu'administrateur.",
  ),

  diagnosticWritten: (file: string) => fr(`Diagnostic écrit dans ${file}.`),

  rowsVerified: (done: number, total: number) =>
    fr(`Vérification : ${inFrench(done)} lignes sur ${inFrench(total)}`),
  rowsExported: (done: number, total: number) =>
    fr(`Export : ${inFrench(done)} lignes sur ${inFrench(total)}`),
  exported: (file: string, rows: number) =>
    fr(`${inFrench(rows)} ligne${rows > 1 ? 's' : ''} du journal dans ${file}.`),
  fileExists: (file: string) =>
    fr(`${file} existe déjà. Choisissez un autre nom : rien n'est écrit par-dessus un fichier.`),

  commandFailed: fr(
    "Comptoir n'a pas pu exécuter cette commande. Recommencez ; si rien ne change, réinstallez Comptoir.",
  ),
  unknownSecret: (names: readonly string[]) =>
    fr(`Nom de secret inconnu. Noms possibles : ${names.join(', ')}.`),
  secretInArguments: fr(
    "Un secret ne se donne pas en argument : les autres programmes du poste l'y liraient. Envoyez-le par l'entrée standard, et changez-le s'il vient d'y être écrit.",
  ),
  pipeSecret: (name: string, platform: string) => {
    const source = platform === 'win32' ? 'Get-Clipboard' : '(read -rs SECRET && printf %s "$SECRET")'
    return `${fr("Le secret ne se tape pas ici, où il se verrait. Envoyez-le par l'entrée standard :")} ${source} | comptoir secret set ${name}`
  },
  titulaire: fr(
    "Cette commande demande un administrateur, ou un titulaire. Envoyez son code et son mot de passe par l'entrée standard, une ligne chacun.",
  ),
  titulaireThenSecret: fr(
    "Cette commande demande un administrateur, ou un titulaire. Envoyez son code, son mot de passe et le secret par l'entrée standard, une ligne chacun.",
  ),
  notTitulaire: fr(
    "Ce code n'est pas celui d'un titulaire. Recommencez avec le sien, ou lancez la commande en tant qu'administrateur.",
  ),
  emptySecret: fr("L'entrée standard ne donne pas de secret. Envoyez-le, sur une ligne."),
  severalLines: fr('Un secret tient sur une ligne. Une clé ou un certificat reste dans son fichier.'),
  notText: fr(
    "L'entrée standard n'est pas du texte en UTF-8. Enregistrez le secret en UTF-8, puis recommencez.",
  ),
  spaces: fr('Le secret commence ou finit par une espace. Enlevez-la, puis recommencez.'),
  secretTooLong: (bytes: number) =>
    fr(`Le secret dépasse ${bytes} octets. Vérifiez que c'est bien lui, puis recommencez.`),
  secret: (name: string, present: boolean) => `${name} ${present ? 'présent' : 'absent'}`,
  secretSet: (name: string, account: string) =>
    fr(`${name} : enregistré dans le trousseau de clés du compte « ${account} ».`),
  secretDeleted: (name: string, account: string) =>
    fr(`${name} : supprimé du trousseau de clés du compte « ${account} ».`),
  noSecret: (name: string, account: string) =>
    fr(`${name} : absent du trousseau de clés du compte « ${account} ». Il n'y a rien à supprimer.`),
  noKeychain: fr(
    'Aucun trousseau de clés ne répond dans cette session. Ouvrez la session du comptoir (sous Linux, avec gnome-keyring, libsecret et dbus), puis recommencez.',
  ),
  keychainLocked: fr(
    "Le trousseau de clés de cette session est verrouillé, ou n'existe pas encore. Ouvrez-le ou créez-le, puis recommencez.",
  ),
  keychainFailed: (detail: string | null) =>
    fr(
      `Le trousseau de clés de cette session a refusé${detail === null ? '' : ` (${detail})`}. Rouvrez la session, puis recommencez.`,
    ),
} as const
