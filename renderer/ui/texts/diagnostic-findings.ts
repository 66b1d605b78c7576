import type {
  BackupSight,
  DatabaseSight,
  DiskSight,
  JournalSight,
  KeychainSight,
  ScreenSight,
  Versions,
} from '../../../electron/diagnostic/site.ts'
import type { Finding } from '../../../electron/diagnostic/finding.ts'
import type { StorageFault } from '../../../electron/storage/storage-error.ts'
import type { NewerSight } from '../../../electron/updates/newer-version.ts'
import type { Card, CardState, CryptolibReport } from '../../../native/card/states.ts'
import { cardText, remarkText } from './card.ts'
import { fine, mend, watch } from './diagnostic.ts'
import { dayOf, duration, fr, measured } from './french.ts'
import { storageFaults, verdicts } from './journal-words.ts'
import { inFrench } from './journal.ts'
import { impedimentText, pscStateText } from './psc-state.ts'
import { updateFaultTexts } from './updates.ts'

/** What each check of « Diagnostic du poste » finds, with its verdict, and what to do. Names are masked in `text`. */

const see = (number: number): string => `voyez d'abord le contrôle n° ${number}`
const cardOff = fine('La lecture de carte est désactivée sur ce poste (card.enabled).')
const pscOff = "Pro Santé Connect n'est pas activé sur ce poste"
const callSupport = 'si rien ne change, appelez votre assistance.'

export const settingsFindings = {
  missing: (path: string) => fine(`Pas de fichier ${path} : les réglages par défaut servent.`),
  read: (path: string) => fine(`${path} est lu et sans faute.`),
  /** `where`: the keys at fault; null is the file itself. */
  faulty: (path: string, where: readonly (string | null)[]) => {
    const named = where.filter((key) => key !== null)
    const at = named.length === 0 ? '' : ` (${named.slice(0, 3).join(', ')}${named.length > 3 ? '…' : ''})`
    const count = `${where.length} faute${where.length > 1 ? 's' : ''}`
    return mend(
      `${path} a ${count}${at} : ses réglages ne servent pas.`,
      'Lancez « comptoir --check-config », qui dit quoi corriger, puis enregistrez le fichier.',
    )
  },
}

/** The pill's own words, as a finding; `text` and `named` say more than them where they are given. */
function ofState(state: CardState, text?: string, named: string | null = null): Finding {
  const { text: said, remedy, tone } = cardText(state)
  const told = text ?? sentence(said)
  if (tone === 'mend') return mend(told, remedy ?? '', named)
  return tone === 'watch' ? watch(told, remedy ?? '', named) : fine(told, named)
}

/** Of the library itself: « Cryptolib 5.2.2 ». */
function named({ productVersion, libraryVersion }: CryptolibReport): string {
  const version = productVersion ?? libraryVersion
  return version === null ? 'Cryptolib' : `Cryptolib ${version}`
}

export const cryptolibFindings = {
  off: cardOff,
  loaded: (report: CryptolibReport, path: string) =>
    fine(`${named(report)}, ${report.bits} bits, se charge (${path}).`),
  searching: watch('Cryptolib est encore recherchée.', 'Recommencez dans quelques secondes.'),
  ended: mend(
    "Cryptolib arrête le programme qui lit la carte : la lecture s'est interrompue d'elle-même.",
    `Réinstallez Cryptolib CPS ; ${callSupport}`,
  ),
  hung: mend(
    'Cryptolib ne répond pas.',
    `Débranchez le lecteur et rebranchez-le, puis recommencez ; ${callSupport}`,
  ),
  of: ofState,
}

export const serviceFindings = {
  off: cardOff,
  running: fine('Le service Carte à puce (PC/SC) répond.'),
  stopped: mend(
    "Le service Carte à puce est arrêté alors qu'un lecteur est branché.",
    `Redémarrez le poste ; ${callSupport}`,
  ),
  withoutReader: fine("Le service Carte à puce (PC/SC) ne tourne pas : aucun lecteur n'est branché."),
  unknown: fine(`Le service Carte à puce n'a pas pu être regardé : ${see(2)}.`),
}

export const readersFindings = {
  off: cardOff,
  found: (names: readonly string[]) =>
    fine(`${names.length === 1 ? '1 lecteur' : `${names.length} lecteurs`} : ${names.join(', ')}.`),
  none: (needed: boolean) =>
    needed
      ? watch('Aucun lecteur de carte.', 'Branchez le lecteur, ou changez de prise USB.')
      : fine('Aucun lecteur de carte.'),
  of: ofState,
  unknown: fine(`Les lecteurs n'ont pas pu être regardés : ${see(2)}.`),
}

/** What is told of who a card names. */
type Person = { readonly masked: string; readonly named: string }

export const cardFindings = {
  off: cardOff,
  none: fine('Aucune carte dans le lecteur.'),
  elsewhere: (number: number) => fine(`Aucune carte à lire : ${see(number)}.`),
  of: ofState,
  /** `whose`: « Carte CPS de P. A. »; the number of a card is told only with the name. */
  card: (card: Card, remark: Parameters<typeof remarkText>[0] | undefined, whose: Person) => {
    const { certificate } = card
    const facts = [
      ...(certificate.kind === 'read' ? [`valable jusqu'au ${dayOf(certificate.holder.validUntil)}`] : []),
      ...(certificate.kind === 'read' ? [certificate.holder.test ? 'de test' : 'réelle'] : []),
      card.contactless ? 'sans contact' : 'avec contact',
    ].join(', ')
    const { text, remedy, tone } =
      remark === undefined ? { text: null, remedy: null, tone: 'fine' } : remarkText(remark, card)
    const told = (who: string): string =>
      text === null ? `${who}, ${facts}.` : `${who}, ${facts} : ${lower(text)}.`
    if (tone === 'mend') return mend(told(whose.masked), remedy ?? '', told(whose.named))
    if (tone === 'watch') return watch(told(whose.masked), remedy ?? '', told(whose.named))
    return fine(told(whose.masked), told(whose.named))
  },
}

export const nationalIdFindings = {
  off: cardOff,
  noCard: fine("Aucune carte lue : rien à comparer aux opérateurs de l'officine."),
  several: fine(`Plusieurs cartes : ${see(5)}.`),
  unreadable: fine(`Le certificat de la carte ne dit pas qui elle nomme : ${see(5)}.`),
  withoutRpps: (id: string | null) =>
    fine(
      'Cette carte ne porte pas de RPPS : elle ne désigne aucun opérateur.',
      id === null ? null : `Cette carte porte ${id}, sans RPPS : elle ne désigne aucun opérateur.`,
    ),
  known: (rpps: Person, code: string, name: Person) =>
    fine(
      `RPPS ${rpps.masked} : opérateur « ${code} » (${name.masked}).`,
      `RPPS ${rpps.named} : opérateur « ${code} » (${name.named}).`,
    ),
  unknown: (rpps: Person) =>
    watch(
      `RPPS ${rpps.masked} : aucun opérateur de ce poste ne l'a.`,
      "Identifiez cette personne par Pro Santé Connect : Comptoir proposera d'associer son RPPS.",
      `RPPS ${rpps.named} : aucun opérateur de ce poste ne l'a.`,
    ),
  noDatabase: fine(`Les opérateurs n'ont pas pu être lus : ${see(13)}.`),
}

export const pscFindings = {
  off: fine(`${pscOff}.`),
  answers: (host: string, tookMs: number) =>
    fine(`Pro Santé Connect répond en ${measured(tookMs)} (${host}).`),
  slow: (host: string, tookMs: number) =>
    watch(
      `Pro Santé Connect répond lentement, en ${measured(tookMs)} (${host}).`,
      pscStateText({ kind: 'slow' }).remedy ?? '',
    ),
  impeded: (impeded: Parameters<typeof impedimentText>[0]) => {
    const { remedy } = pscStateText({ kind: 'impeded', ...impeded })
    const what = impedimentText(impeded)
    // The pill says both in one: what is the matter is the finding here.
    return mend(
      `Pro Santé Connect est indisponible : ${what}`,
      remedy === null ? '' : remedy.slice(fr(what).length).trim(),
    )
  },
  otherIssuer: (host: string) =>
    mend(
      `${host} répond pour un autre émetteur que psc.issuer.`,
      'Corrigez psc.issuer ou psc.discoveryUrl dans comptoir.json : les deux vont ensemble.',
    ),
  notDiscovery: (host: string) =>
    mend(
      `${host} répond autre chose que la découverte OpenID Connect.`,
      "Vérifiez psc.discoveryUrl dans comptoir.json, et qu'aucune page de connexion au réseau n'attend dans le navigateur.",
    ),
  unreachable: (host: string, code: string) =>
    mend(
      `${host} n'a pas pu être joint${code === '' ? '' : ` (${code})`}.`,
      "Ouvrez un site dans le navigateur : s'il ne s'ouvre pas, vérifiez la connexion Internet ; sinon, l'adresse et le pare-feu.",
    ),
  throughProxy: (host: string, code: string) =>
    mend(
      `Le proxy n'a pas laissé joindre ${host}${code === '' ? '' : ` (${code})`}.`,
      "Vérifiez network.proxy dans comptoir.json : l'adresse, le port, le nom et le mot de passe.",
    ),
  untrusted: (host: string, code: string) =>
    mend(
      `Le certificat de ${host} n'est pas reconnu${code === '' ? '' : ` (${code})`}.`,
      "Vérifiez l'heure du poste ; si un antivirus ou un proxy déchiffre les connexions, donnez son autorité dans psc.caFile.",
    ),
  tooSlow: (host: string) =>
    mend(
      `${host} n'a pas répondu à temps.`,
      'Recommencez dans une minute ; en attendant, utilisez votre code opérateur.',
    ),
}

export const clockFindings = {
  off: fine(`Rien ne donne l'heure ici : ${lower(pscOff)}.`),
  unknown: fine(`L'heure n'a pas pu être comparée : ${see(7)}.`),
  right: (seconds: number) =>
    fine(`L'heure du poste est juste, à ${duration(Math.max(1, seconds))} près de Pro Santé Connect.`),
  drifts: (ahead: boolean, seconds: number) =>
    watch(
      `Le poste ${ahead ? 'avance' : 'retarde'} de ${duration(seconds)} sur Pro Santé Connect.`,
      "Activez la mise à l'heure automatique du système avant que l'écart n'atteigne 5 min.",
    ),
  wrong: (ahead: boolean, seconds: number) =>
    mend(
      `Le poste ${ahead ? 'avance' : 'retarde'} de ${longGap(seconds)} : un tel écart empêche l'identification.`,
      "Corrigez l'heure du système et son fuseau ; en attendant, utilisez votre code opérateur.",
    ),
}

function longGap(seconds: number): string {
  const [hours, days] = [Math.round(seconds / 3600), Math.round(seconds / 86_400)]
  if (days >= 2) return `${inFrench(days)}\u00A0jours`
  return seconds >= 2 * 3600 ? `${hours} h` : `${Math.round(seconds / 60)} min`
}

export const portsFindings = {
  off: fine(`Aucun port n'est attendu : ${lower(pscOff)}.`),
  free: (ports: readonly number[]) =>
    fine(`${ports.length === 1 ? 'Le port' : 'Les ports'} ${list(ports)} ${areFree(ports.length)}.`),
  someTaken: (free: readonly number[], taken: readonly number[]) =>
    fine(`${thePorts(taken)} par un autre programme ; ${list(free)} ${areFree(free.length)}.`),
  lastOne: (free: number, taken: readonly number[]) =>
    watch(
      `${thePorts(taken)} par d'autres programmes : il ne reste que ${free}.`,
      "Fermez le programme qui les prend, ou enregistrez d'autres ports auprès du service (psc.redirectUris).",
    ),
  none: (ports: readonly number[]) =>
    mend(
      `${thePorts(ports)} par d'autres programmes : le navigateur ne peut pas revenir à Comptoir.`,
      "Fermez le programme qui les prend, ou enregistrez d'autres ports auprès du service (psc.redirectUris).",
    ),
  reserved: (ports: readonly number[]) =>
    mend(
      `Le système ne donne ${ports.length === 1 ? 'pas le port' : 'aucun des ports'} ${list(ports)} à Comptoir.`,
      'Sous Windows, « netsh int ipv4 show excludedportrange protocol=tcp » dit qui les réserve : redémarrez, ou changez de ports.',
    ),
}

function list(ports: readonly number[]): string {
  return ports.length < 2 ? ports.join('') : `${ports.slice(0, -1).join(', ')} et ${ports.at(-1)}`
}

function areFree(count: number): string {
  return count === 1 ? 'est libre' : 'sont libres'
}

function thePorts(ports: readonly number[]): string {
  return ports.length === 1 ? `Le port ${list(ports)} est pris` : `Les ports ${list(ports)} sont pris`
}

export const browserFindings = {
  found: (name: string) => fine(`${name} ouvre les pages web de ce compte.`),
  outdated: (name: string) =>
    mend(
      `${name} ouvre les pages web de ce compte : Pro Santé Connect ne l'accepte plus.`,
      'Choisissez Edge, Chrome ou Firefox comme navigateur par défaut du système.',
    ),
  none: (needed: boolean) =>
    (needed ? mend : watch)(
      "Aucun navigateur par défaut n'est réglé pour ce compte.",
      'Choisissez Edge, Chrome ou Firefox comme navigateur par défaut du système.',
    ),
  unknown: fine('Le système ne dit pas quel navigateur ouvre les pages web.'),
}

export const proxyFindings = {
  none: fine('Aucun proxy.'),
  answers: (address: string) => fine(`Le proxy ${address} répond.`),
  silent: (address: string) =>
    mend(
      `Le proxy ${address} ne répond pas.`,
      "Vérifiez network.proxy dans comptoir.json, et que ce proxy marche : Pro Santé Connect n'est joint que par lui.",
    ),
  unused: (address: string) =>
    fine(`Pas de proxy dans comptoir.json ; celui de l'environnement (${address}) ne sert pas à Comptoir.`),
  perhapsNeeded: (address: string) =>
    watch(
      `L'environnement indique le proxy ${address}, que comptoir.json n'a pas.`,
      "Si l'officine ne joint Internet que par lui, donnez-le dans network.proxy.",
    ),
}

type KeychainFault = Extract<KeychainSight, { kind: 'closed' }>['fault']
const keychainFaults: Readonly<Record<KeychainFault, readonly [string, string]>> = {
  'no-keychain': [
    'Aucun trousseau de clés ne répond dans cette session',
    'Ouvrez la session du comptoir depuis son bureau, avec le trousseau du système (sous Linux : gnome-keyring).',
  ],
  locked: [
    'Le trousseau de clés de cette session est verrouillé',
    'Déverrouillez-le, ou fermez la session du poste et rouvrez-la avec son mot de passe.',
  ],
  failed: [
    'Le trousseau de clés de cette session a refusé de répondre',
    `Fermez la session du poste et rouvrez-la ; ${callSupport}`,
  ],
}

export const keychainFindings = {
  /** `present`: the names of the secrets that are there, never what they are. */
  open: (present: readonly string[]) =>
    fine(`Le trousseau s'ouvre ; secrets présents : ${present.length === 0 ? 'aucun' : present.join(', ')}.`),
  missing: (name: string) =>
    mend(
      `Le trousseau s'ouvre, mais il y manque le secret ${name}.`,
      `Dans la session du comptoir, copiez-le, puis lancez « Get-Clipboard | comptoir secret set ${name} » dans PowerShell.`,
    ),
  closed: (fault: KeychainFault, needed: boolean) => {
    const [text, remedy] = keychainFaults[fault]
    return needed
      ? mend(`${text} : Pro Santé Connect en a besoin.`, remedy)
      : watch(`${text} : il garde l'empreinte de la fin du journal.`, remedy)
  },
}

const storageRemedies: Readonly<Record<StorageFault, string>> = {
  busy: 'Attendez la fin de la sauvegarde ou de la restauration en cours, puis recommencez.',
  'read-only': "Donnez au compte du comptoir le droit d'écrire dans le dossier des données.",
  full: 'Libérez de la place sur le disque des données.',
  corrupt: 'Redémarrez Comptoir : il proposera la dernière sauvegarde saine.',
  'newer-schema': 'Installez la dernière version de Comptoir sur ce poste.',
  'missing-folder': 'Rebranchez le disque des données, ou réinstallez Comptoir.',
  'missing-database': 'Redémarrez Comptoir : il proposera la dernière sauvegarde saine.',
  unavailable: `Vérifiez le disque des données ; ${callSupport}`,
}

export const databaseFindings = {
  none: fine('Aucune base de données : Comptoir la crée à son premier démarrage.'),
  fault: (fault: StorageFault) =>
    mend(`La base ne peut pas servir : ${storageFaults[fault]}.`, storageRemedies[fault]),
  damaged: mend('Des pages de la base sont abîmées.', storageRemedies.corrupt),
  notWal: watch(
    "La base n'est pas en mode WAL : une coupure de courant l'abîmerait plus facilement.",
    'Redémarrez Comptoir ; si cela revient, mettez les données sur un disque local.',
  ),
  open: ({ bytes, older, soundAt }: Extract<DatabaseSight, { kind: 'open' }>) =>
    fine(
      [
        `La base s'ouvre et s'écrit (${size(bytes)})`,
        soundAt === null ? 'pages pas encore vérifiées' : `pages saines le ${dayOf(soundAt)}`,
        ...(older ? ['sera mise à jour au prochain démarrage'] : []),
      ].join(', ') + '.',
    ),
}

export const backupFindings = {
  noFolder: (why: Extract<BackupSight, { kind: 'no-folder' }>['why']) =>
    mend(
      why === 'missing'
        ? 'Le dossier des sauvegardes est introuvable.'
        : 'Le dossier des sauvegardes ne se lit pas.',
      'Rebranchez son disque ou son partage, ou corrigez storage.backupFolder dans comptoir.json.',
    ),
  /** `due`: there is something to back up for more than a day. */
  none: (due: boolean) =>
    due
      ? mend(
          "Aucune sauvegarde n'a encore été faite.",
          'Laissez Comptoir ouvert quelques minutes ; si rien ne change, lancez « comptoir backup FICHIER ».',
        )
      : fine('Pas encore de sauvegarde : la première se fait quelques minutes après le démarrage.'),
  sound: (day: string) => fine(`Dernière sauvegarde le ${dayOf(`${day}T12:00`)}, lisible.`),
  unsound: (day: string) =>
    mend(
      `La dernière sauvegarde, du ${dayOf(`${day}T12:00`)}, ne se lit pas.`,
      'Vérifiez le disque des sauvegardes, puis faites-en une autre avec « comptoir backup FICHIER ».',
    ),
  old: (day: string, ageDays: number) =>
    (ageDays > 7 ? mend : watch)(
      `La dernière sauvegarde a ${inFrench(ageDays)} jours (${dayOf(`${day}T12:00`)}).`,
      'Ouvrez Comptoir chaque jour quelques minutes, et vérifiez la place sur le disque des sauvegardes.',
    ),
}

export const journalFindings = {
  none: fine("Le journal n'existe pas encore."),
  waiting: fine('Le journal se vérifie après la mise à jour de la base, au prochain démarrage.'),
  fault: (fault: StorageFault) =>
    mend(`Le journal ne se lit pas : ${storageFaults[fault]}.`, capital(see(13))),
  bad: ({ seq, what }: NonNullable<Extract<JournalSight, { kind: 'verified' }>['bad']>) =>
    mend(
      `Le journal n'est plus tel qu'il a été écrit, ligne n° ${inFrench(seq)} : ${verdicts[what]}.`,
      'Prévenez le titulaire, ne supprimez rien, et vérifiez le journal en entier depuis « Journal ».',
    ),
  intact: (rows: number, whole: boolean, fullAt: string | null) =>
    // A short journal has just been verified whole.
    fine(whole ? `${intactRows(rows, whole)}.` : `${intactRows(rows, whole)} ; ${lastFull(fullAt)}.`),
  /** Nobody has verified it whole for long. */
  due: (rows: number, fullAt: string | null) =>
    watch(
      `${intactRows(rows, false)} ; ${lastFull(fullAt)}.`,
      'Vérifiez-le en entier : « Journal », puis « Vérifier ».',
    ),
}

function intactRows(rows: number, whole: boolean): string {
  if (rows === 0) return 'Le journal est vide'
  const lines = `${inFrench(rows)} ligne${rows > 1 ? 's' : ''}`
  return whole ? `Tout le journal est intact (${lines})` : `Les ${lines} les plus récentes sont intactes`
}

function lastFull(fullAt: string | null): string {
  return fullAt === null ? 'jamais vérifié en entier' : `dernière vérification complète le ${dayOf(fullAt)}`
}

const diskNames: Readonly<Record<DiskSight['of'], string>> = {
  data: 'données',
  backups: 'sauvegardes',
  temp: 'fichiers temporaires',
}

export const diskFindings = {
  enough: (disks: readonly DiskSight[]) => fine(`Place libre : ${spaces(disks)}.`),
  little: (disks: readonly DiskSight[]) =>
    watch(`Il reste peu de place : ${spaces(disks)}.`, 'Libérez de la place sur ce disque.'),
  none: (disks: readonly DiskSight[]) =>
    mend(
      `Il n'y a presque plus de place : ${spaces(disks)}.`,
      "Libérez de la place tout de suite : sans elle, ni le journal ni les sauvegardes ne s'écrivent.",
    ),
  unknown: fine("Le système ne dit pas la place libre : les dossiers de Comptoir n'existent pas encore."),
}

function spaces(disks: readonly DiskSight[]): string {
  return disks
    .flatMap(({ of, freeBytes }) => (freeBytes === null ? [] : `${diskNames[of]} ${size(freeBytes)}`))
    .join(', ')
}

const clients = { rdp: 'Bureau à distance', citrix: 'Citrix', other: 'un autre ordinateur' } as const

export const remoteFindings = {
  local: fine('Session ouverte sur ce poste.'),
  withReader: (by: keyof typeof clients) =>
    fine(`Session à distance (${clients[by]}), lecteur de carte redirigé.`),
  withoutReader: (by: keyof typeof clients) =>
    watch(
      `Session à distance (${clients[by]}), sans lecteur de carte redirigé.`,
      cardText({ kind: 'remote-session', by }).remedy ?? '',
    ),
  cardOff: (by: keyof typeof clients) =>
    fine(`Session à distance (${clients[by]}) ; la lecture de carte est désactivée.`),
}

export const displayFindings = {
  noScreen: fine('Les écrans ne se regardent que depuis la fenêtre « Diagnostic du poste ».'),
  seen: (screens: readonly ScreenSight[]) =>
    fine(
      `${screens.length === 1 ? '1 écran' : `${screens.length} écrans`} : ${screens.map(screen).join(' ; ')}.`,
    ),
  small: (screens: readonly ScreenSight[]) =>
    watch(
      `L'écran est petit pour cet agrandissement : ${screens.map(screen).join(' ; ')}.`,
      "Baissez la mise à l'échelle dans les paramètres d'affichage du système.",
    ),
  noPatientDisplay: watch(
    "L'écran des patients (workstation.patientDisplay) n'est pas branché.",
    "Rebranchez-le, ou corrigez son nom dans comptoir.json : d'ici là, rien ne dit quel écran les fenêtres évitent.",
  ),
}

function screen({ width, height, scale, patient }: ScreenSight): string {
  return `${width} × ${height} à ${Math.round(scale * 100)} %${patient ? ' (patients)' : ''}`
}

export const versionsFindings = {
  testPackage: (versions: Versions) =>
    watch(
      `${told(versions)} : c'est un paquet d'essai, à ne pas installer dans une officine.`,
      'Demandez à votre assistance la version pour les officines.',
    ),
  known: (versions: Versions) => fine(`${told(versions)}.`),
  newer: (versions: Versions, newer: string) =>
    watch(`${told(versions)} ; Comptoir ${newer} existe.`, 'Demandez la mise à jour à votre assistance.'),
  newerUnknown: (versions: Versions, { why, detail }: Extract<NewerSight, { kind: 'unknown' }>) =>
    watch(
      `${told(versions)} ; le serveur des mises à jour ${updateFaultTexts.faults[why](detail)}.`,
      updateFaultTexts.remedy(why),
    ),
}

function told({ comptoir, electron, chromium, node, system }: Versions): string {
  return `Comptoir ${comptoir}, Electron ${electron}, Chromium ${chromium}, Node ${node}, ${system}`
}

/** « 12 Go », « 850 Mo », in decimal units as disks are sold. */
function size(bytes: number): string {
  const units = ['o', 'ko', 'Mo', 'Go', 'To']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${inFrench(Math.floor(bytes / 1000 ** power))}\u00A0${units[power] ?? ''}`
}

function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`
}

/** A sentence that goes on after a colon; acronyms and names stay as they are. */
function lower(text: string): string {
  return /^(?:Pro Santé|[A-ZÉ]{2})/u.test(text)
    ? text
    : text.slice(0, 1).toLocaleLowerCase('fr') + text.slice(1)
}

function capital(text: string): string {
  return `${text.slice(0, 1).toLocaleUpperCase('fr')}${text.slice(1)}.`
}
