import { fr } from './french.ts'

/** What the command line says, one line each. */
export const cliTexts = {
  unknownCommand: fr(
    'Commande inconnue. Commandes de Comptoir : secret set NOM, secret delete NOM, secret list.',
  ),
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
