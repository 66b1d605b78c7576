import type { CheckId } from '../../../../electron/diagnostic/finding.ts'
import { keysOf } from '../../keys.ts'
import { diagnosticTexts } from '../diagnostic.ts'
import { type Article, code, info, opening, picture, points, section, steps, table, text } from './article.ts'

/** What each letter of an assistance code says of the card, in the order of the letters. A test compares them. */
export const cardLetters = [
  ['A', 'Carte prête'],
  ['C', 'Lecture des cartes désactivée'],
  ['D', 'Recherche ou lecture en cours'],
  ['E', 'Cryptolib absente'],
  ['F', 'Cryptolib 32 bits seulement'],
  ['G', 'Cryptolib inutilisable'],
  ['H', 'Cryptolib trop ancienne'],
  ['J', 'Lecture de carte : redémarrage'],
  ['K', 'Service Carte à puce arrêté'],
  ['L', 'Aucun lecteur'],
  ['M', 'Session à distance'],
  ['N', 'Lecteur sans carte'],
  ['P', 'Lecteur occupé'],
  ['Q', "Carte à l'envers ou illisible"],
  ['R', 'Carte Vitale'],
  ['T', 'Carte non reconnue'],
  ['U', 'Plusieurs cartes'],
  ['V', 'Carte bloquée'],
  ['W', 'Carte expirée'],
  ['X', 'Code porteur : un ou deux essais restants'],
  ['Y', 'Certificat de la carte illisible'],
  ['Z', 'Carte de test, bientôt expirée, sans contact ou sans RPPS'],
] as const

/** What the next two digits say of Pro Santé Connect. */
export const pscDigits = [
  ['22', 'Disponible'],
  ['23', 'Non activé sur ce poste'],
  ['24', 'Pas encore interrogé'],
  ['26', 'Répond lentement'],
  ['27', 'Heure du poste fausse'],
  ['29', "Ce n'est pas le service attendu (`psc.issuer`)"],
  ['32', "L'adresse ne donne pas ses réglages (`psc.discoveryUrl`)"],
  ['33', 'Ne répond pas'],
  ['34', 'Ne répond pas : le proxy refuse ou manque'],
  ['36', 'Ne répond pas : son certificat est refusé'],
  ['37', 'Ne répond pas à temps'],
  ['39', 'Pas de trousseau de clés'],
  ['42', 'Trousseau de clés verrouillé'],
  ['43', 'Trousseau de clés en erreur'],
  ['44', 'Secret absent du trousseau'],
  ['46', 'Fichier de clé ou de certificat absent'],
  ['47', 'Fichier de clé ou de certificat illisible'],
  ['49', 'Fichier de clé ou de certificat invalide'],
  ['62', 'Phrase secrète fausse'],
  ['63', 'La clé ne va pas avec le certificat'],
  ['64', 'Certificat expiré'],
] as const

/** What the last digit says of the database. */
export const databaseDigits = [
  ['2', 'En ordre'],
  ['3', 'Absente, ou son dossier'],
  ['4', 'Occupée par un autre programme'],
  ['6', 'Disque plein ou en lecture seule'],
  ['7', 'Abîmée'],
  ['9', 'Inutilisable, ou écrite par une version plus récente'],
] as const

/** What each check looks at, in the order of their numbers. A test compares it. */
export const looks: Readonly<Record<CheckId, string>> = {
  settings: 'comptoir.json, sans faute.',
  cryptolib: 'Cryptolib est là, en 64 bits, et se charge.',
  'smart-card-service': 'Le service de Windows qui parle aux lecteurs.',
  readers: 'Les lecteurs branchés.',
  card: 'La carte insérée, sa validité, ses essais restants.',
  'national-id': "La carte est celle d'un opérateur de ce poste.",
  psc: 'Le service répond, et il est celui attendu.',
  clock:
    "L'heure du poste. Cinq minutes d'écart empêchent Pro Santé Connect : mettez l'heure automatique dans le système.",
  'loopback-ports': 'Les ports de `psc.redirectUris`, par où le navigateur revient.',
  browser: 'Le navigateur qui ouvre les pages : Edge, Chrome ou Firefox.',
  proxy: 'Le passage vers Internet (`network.proxy`).',
  keychain: 'Les secrets de ce poste, et le repère du journal.',
  database: "La base s'ouvre, s'écrit, et n'est pas abîmée.",
  backup: 'La date de la dernière sauvegarde, et si elle se lit.',
  journal: 'Les 20 000 dernières lignes, et la date de la dernière vérification complète.',
  disk: "La place libre. Sans elle, ni le journal ni les sauvegardes ne s'écrivent.",
  'remote-session': 'Bureau à distance : le lecteur est-il redirigé ?',
  display: 'Les écrans, leur agrandissement, et celui des patients.',
  versions:
    "Comptoir et ce dont il est fait ; une version plus récente, avec `updates.url` ; un paquet d'essai.",
}

/** « Diagnostic du poste ». */
export const diagnosticHelp: Article = [
  opening(
    text(
      "« Diagnostic du poste » regarde tout ce dont Comptoir a besoin : réglages, carte, Pro Santé Connect, base, réseau. Chacun peut l'ouvrir, même sans être connecté.",
    ),
  ),
  section(
    'Par téléphone, en une minute',
    steps(
      'Dans Comptoir, ouvrez « Diagnostic du poste ».',
      'Attendez la fin de la barre, quelques secondes.',
      "Lisez le code d'assistance, comme « K4-27 » : une lettre, puis trois chiffres.",
      'Lisez ensuite les numéros de ce qui est « à corriger », puis « à surveiller ».',
      'Faites ce que dit chaque ligne, puis recommencez.',
    ),
    picture('diagnostic'),
    points(
      "« Copier » et « Enregistrer » donnent le même rapport. Les noms et les RPPS y sont masqués ; qui a le droit de lire le journal peut les afficher, et leur copie s'y inscrit.",
      'Il ne contient ni secret, ni donnée de patient.',
      'Le matin, Comptoir regarde de lui-même et dit « Tout est prêt », ou la première chose à faire.',
    ),
  ),
  section(
    'Ce que regarde chaque contrôle',
    table(
      ['N°', 'Contrôle', "Ce qu'il regarde"],
      ...keysOf(looks).map((id, index) => [String(index + 1), diagnosticTexts.checks[id].name, looks[id]]),
    ),
  ),
  section(
    "Lire un code d'assistance",
    text(
      'La lettre dit la carte, les deux chiffres suivants Pro Santé Connect, le dernier la base. Ni O, I, S, B, ni 0, 1, 5, 8 : ils se confondent au téléphone.',
    ),
    table(['Lettre', 'Carte'], ...cardLetters),
    table(['Chiffres', 'Pro Santé Connect'], ...pscDigits),
    table(['Dernier', 'Base'], ...databaseDigits),
    info('« K4-27 » : service Carte à puce arrêté (K), trousseau de clés verrouillé (42), base abîmée (7).'),
  ),
  section(
    'Sans fenêtre',
    text(
      'La même chose en ligne de commande, même pendant que Comptoir est ouvert, ou quand il ne démarre pas :',
    ),
    code('comptoir --diagnostic'),
    code('comptoir --diagnostic --json --output rapport.json'),
    text('Code de sortie : 0 tout est correct, 1 à surveiller, 2 à corriger. Voyez [[commands]].'),
  ),
]
