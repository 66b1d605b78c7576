import type { InstallOptionName } from '../../../electron/settings/install-options.ts'
import { dayOf, fr } from './french.ts'

const fileExpected = "le chemin complet d'un fichier, sans guillemet ni %"
const nameExpected = 'des lettres, des chiffres et une ponctuation simple, 100 signes au plus'

const expected: Readonly<Record<InstallOptionName, string>> = {
  config: fileExpected,
  host: "le nom d'un serveur, suivi ou non de « : » et de son port, sans https://",
  realm: 'des lettres sans accent, des chiffres, « . », « _ » et « - », 64 signes au plus',
  client: 'des lettres sans accent, des chiffres, « . », « _ » et « - », 128 signes au plus',
  pharmacy: nameExpected,
  finess: 'les 9 signes du numéro FINESS',
  workstation: nameExpected,
  support: nameExpected,
  phone: 'un numéro de téléphone',
  'code-file': `${fileExpected}, ou « - » pour l'entrée standard`,
}

/** What `comptoir prepare` says, one line each. */
export const prepareTexts = {
  installedOnly: fr(
    'Cette commande prépare un poste où Comptoir est installé. Lancez celle du programme installé.',
  ),
  administratorOnly: fr(
    "Préparer le poste demande un administrateur. Relancez cette commande en tant qu'administrateur (sous Linux et macOS : avec sudo).",
  ),
  otherDisk: fr(
    "Comptoir n'est pas sur le disque de Windows : tout compte pourrait y prendre la place de ses réglages. Désinstallez-le, puis réinstallez-le sans choisir de dossier.",
  ),

  badValue: (name: InstallOptionName) => fr(`--${name} : attendu : ${expected[name]}.`),
  notWithConfig: (name: InstallOptionName) =>
    fr(`--${name} ne va pas avec --config : le fichier dit tout. Enlevez l'une des deux options.`),
  needsHost: (name: InstallOptionName) => fr(`--${name} ne va qu'avec --host. Ajoutez-la, ou enlevez-la.`),
  noFile: (name: InstallOptionName) =>
    fr(`--${name} : ce fichier n'existe pas, ou ne se lit pas. Vérifiez son chemin et ses droits.`),
  configFaulty: (file: string) => fr(`${file} a des erreurs : il n'est pas mis en place. Corrigez-le.`),
  typedCode: fr(
    "--code-file : le code ne se tape pas ici, où il se verrait. Envoyez-le par l'entrée standard.",
  ),
  weakCode: fr(
    "--code-file : la première ligne n'est pas un code assez sûr. Tirez au hasard 12 lettres et chiffres au moins.",
  ),

  folder: (folder: string, usersMay: 'read' | 'write') => ({
    made: fr(`${folder} : créé ; ${rights[usersMay]}.`),
    kept: fr(`${folder} : déjà là.`),
    'taken-back': fr(`${folder} : déjà là, rendu aux administrateurs ; ${rights[usersMay]}.`),
  }),
  written: (file: string) => fr(`${file} : écrit.`),
  upToDate: (file: string) => fr(`${file} : à jour.`),
  settingsKept: (file: string) => fr(`${file} : gardé tel quel.`),
  settingsKeptAsIs: (file: string) => fr(`${file} : gardé tel quel ; les réglages donnés n'y changent rien.`),
  /** An administrator took it away since. */
  settingsAbsent: (file: string) =>
    fr(`${file} : absent, et laissé ainsi ; Comptoir prend ses valeurs par défaut.`),
  wasThere: (file: string) =>
    fr(`${file} était là avant l'installation. Relisez-le s'il ne vient pas de vous.`),
  codeKept: (file: string, until: string) =>
    fr(`${file} : écrit ; le code d'installation vaut jusqu'au ${dayOf(until)}.`),
  codeDropped: (file: string) =>
    fr(`${file} : enlevé ; il était là avant l'installation, qui n'a pas reçu de code.`),
  settingsFaulty: (file: string) =>
    fr(`${file} a des erreurs. Corrigez-les : Comptoir ne s'ouvre pas tant qu'elles y sont.`),

  link: (place: string) =>
    fr(`${place} est un lien vers un autre endroit. Supprimez-le, puis recommencez : rien n'y a été écrit.`),
  notFolder: (place: string) =>
    fr(`${place} n'est pas un dossier. Renommez ce fichier, puis recommencez : rien n'y a été écrit.`),
  noRights: (place: string) =>
    fr(
      `Les droits de ${place} n'ont pas pu être posés. Vérifiez que son disque est en NTFS, puis recommencez.`,
    ),
  diskFull: (place: string) =>
    fr(
      `Le disque de ${place} est plein. Libérez de la place, puis recommencez : rien n'y est à moitié écrit.`,
    ),
  notWritten: (place: string, code: string) =>
    fr(`${place} n'a pas pu être écrit (${code}). Vérifiez son disque et ses droits, puis recommencez.`),
} as const

const rights = {
  read: 'tous les comptes y lisent, les administrateurs y écrivent',
  write: 'tous les comptes du poste y écrivent',
} as const
