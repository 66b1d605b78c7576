import { fr } from './french.ts'

/** What `--check-config` says of settings that are right, one line each. */
export const checkConfigTexts = {
  correct: (file: string) => fr(`${file} : correct`),
  absent: (file: string) => fr(`${file} n'existe pas : Comptoir prend ses valeurs par défaut.`),
  noSuchFile: (file: string) => fr(`${file} n'existe pas.`),

  pharmacy: (name: string | null, finess: string | null) =>
    fr(`Officine : ${name ?? 'sans nom'}${finess === null ? '' : `, FINESS ${finess}`}`),
  workstation: (name: string | null) => fr(`Poste : ${name ?? "du nom de l'ordinateur"}`),
  support: (name: string | null, phone: string | null) => {
    const who = [name, phone].filter((part) => part !== null)
    return fr(`Assistance : ${who.length === 0 ? 'non donnée (support)' : who.join(', ')}`)
  },
  pscOff: fr("Pro Santé Connect : non activé (il n'y a pas de psc)"),
  pscBroker: (host: string) => fr(`Pro Santé Connect : par le fournisseur ${host}, en client public`),
  pscDirect: (host: string, authentication: string) =>
    fr(`Pro Santé Connect : directement à ${host}, en client confidentiel (${authentication})`),
  secretNeeded: (name: string) => fr(`  Secret attendu dans le trousseau : comptoir secret set ${name}`),
  secretPerhaps: (name: string) =>
    fr(`  Si le fichier de la clé a un mot de passe : comptoir secret set ${name}`),
  ciba: (channel: 'MOBILE' | 'CARD' | null) =>
    fr(`  e-CPS sans navigateur : ${channel === null ? 'non' : `oui (${channel})`}`),
  cardOff: fr("Carte : aucune n'est lue (card.enabled)"),
  card: (modulePath: string | null, onRemoval: 'ask' | 'lock' | 'ignore') =>
    fr(`Carte : lue par ${modulePath ?? 'la Cryptolib de ce poste'} ; retirée, ${removals[onRemoval]}`),
  session: (idleMinutes: number, maxHours: number) =>
    fr(`Session : ${maxHours} h au plus, verrouillée après ${idleMinutes} min sans activité`),
  shortcut: (keys: string | null) => fr(`Raccourci d'identification : ${keys ?? 'aucun'}`),
  journal: (months: number) => fr(`Journal : gardé ${months} mois`),
  database: (file: string) => fr(`Base : ${file}`),
  backups: (folder: string) => fr(`Sauvegardes : ${folder}`),
  proxy: (host: string | null) => fr(`Proxy : ${host ?? 'celui du système'}`),
  modules: (labels: readonly string[]) =>
    fr(`Modules : ${labels.length === 0 ? 'aucun' : `${labels.length} (${labels.join(', ')})`}`),
} as const

const removals = {
  ask: 'elle fait demander « Rester connecté ? »',
  lock: 'elle verrouille',
  ignore: 'elle ne change rien',
} as const
