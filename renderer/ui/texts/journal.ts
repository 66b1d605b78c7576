import type { Tampering, Verification } from '../../../electron/journal/verdict.ts'
import { fr } from './french.ts'
import { parisStamp } from './paris.ts'

/** A number as French writes it: « 12 345 ». */
export function inFrench(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/gu, '\u202F')
}

/** « Journal » and its extract. */
export const journalTexts = {
  title: 'Journal',
  lines: (count: number) => fr(`${inFrench(count)} ligne${count > 1 ? 's' : ''}`),
  loading: 'Lecture du journal…',
  loadingRow: 'Lecture…',
  empty: 'Aucune ligne ne correspond. Élargissez la période ou retirez un filtre.',
  refresh: (count: number) => (count === 1 ? '1 nouvelle ligne' : `${inFrench(count)} nouvelles lignes`),
  refreshName: 'Actualiser',
  columns: { at: 'Date et heure', operator: 'Opérateur', event: "Ce qui s'est passé", reference: 'Réf.' },
  nobody: '—',
  gone: (code: string | null) => fr(code === null ? 'Opérateur inconnu' : `Opérateur « ${code} »`),
  table: "Lignes du journal, les plus récentes d'abord",
  outcome: { refused: 'Refusé', failed: 'Échoué' },

  filters: {
    title: 'Filtres',
    period: 'Période',
    periods: {
      all: 'Tout le journal',
      today: "Aujourd'hui",
      week: '7 jours',
      month: 'Ce mois',
      between: 'Du… au…',
    },
    from: 'Du',
    to: 'Au',
    wrongDays: fr('La fin est avant le début : corrigez une des deux dates.'),
    operator: 'Opérateur',
    everybody: 'Tous',
    nobodyFound: 'Personne de ce nom',
    peopleFound: (count: number) => `${count} personne${count > 1 ? 's' : ''}`,
    kind: 'Événement',
    allKinds: 'Tous',
    wholeFamily: (family: string) => fr(`Tout : ${family}`),
    module: 'Module',
    allModules: 'Tous',
    reference: 'Référence',
    referenceHint: 'par exemple 7K2-49R',
    referenceShort: 'Une référence a 6 lettres ou chiffres.',
    clear: 'Tout afficher',
  },

  detail: {
    title: (seq: number) => fr(`Ligne n° ${inFrench(seq)}`),
    hash: 'Empreinte',
    copy: 'Copier la référence',
    copied: 'Copiée',
    close: 'Fermer',
    noneYet: 'Cette ligne se charge…',
  },

  verify: 'Vérifier',
  export: 'Exporter',
  exportCsv: fr('CSV (tableur)'),
  exportJsonl: fr('JSONL (vérifiable)'),
  exportIntro: (count: number) =>
    fr(
      `${inFrench(count)} ligne${count > 1 ? 's' : ''} de la liste affichée, dans un fichier que vous choisissez. L'export est noté dans le journal.`,
    ),
  exportFormats: fr(
    'CSV : pour un tableur. JSONL : chaque ligne avec son empreinte, pour vérifier le journal plus tard ou ailleurs.',
  ),
  exported: (rows: number, file: string) =>
    fr(`Export terminé : ${inFrench(rows)} ligne${rows > 1 ? 's' : ''} dans « ${file} ».`),
  extract: 'Extrait du journal',
  cancel: 'Annuler',
  tasks: {
    verify: 'Vérification du journal',
    export: 'Export du journal',
    extract: "Vérification du journal pour l'extrait",
  },
  progress: (done: number, total: number) => fr(`${inFrench(done)} lignes sur ${inFrench(total)}`),
  cancelled: {
    verify: 'Vérification annulée.',
    export: fr('Export annulé : aucun fichier.'),
    extract: 'Extrait annulé.',
  },
  goTo: 'Aller à la ligne',
  filesTitle: 'Enregistrer le journal',
  fileName: (day: string) => `journal-${day}`,

  extractForm: {
    title: 'Extrait du journal',
    intro: (count: number) =>
      fr(
        `Les ${inFrench(count)} lignes de la liste affichée, à imprimer pour un contrôle. Le journal est vérifié d'abord ; l'extrait et son motif y sont notés.`,
      ),
    reason: 'Motif',
    reasonHint: fr("Par exemple : contrôle de l'ARS du 12 mars."),
    missing: 'Écrivez le motif de cet extrait.',
    make: "Établir l'extrait",
  },

  printed: {
    title: 'Extrait du journal',
    print: 'Imprimer',
    close: 'Fermer',
    pharmacy: 'Officine',
    finess: 'FINESS',
    noFiness: 'non renseigné',
    workstation: 'Poste',
    period: 'Période',
    filters: 'Filtres',
    noFilter: 'aucun',
    reason: 'Motif',
    by: 'Établi par',
    at: 'Le',
    rows: 'Lignes',
    first: 'Première empreinte',
    last: 'Dernière empreinte',
    verification: 'Vérification',
    columns: {
      seq: 'N°',
      at: fr('Heure de Paris'),
      utc: 'Temps universel',
      operator: 'Opérateur',
      event: "Ce qui s'est passé",
      reference: 'Réf.',
    },
    none: 'Aucune ligne.',
    page: 'Page',
    utc: (instant: string) => fr(`${parisStamp(instant)}, heure de Paris (${instant})`),
    note: fr(
      "Chaque ligne du journal porte une empreinte SHA-256 calculée sur la ligne et sur l'empreinte de la précédente : en changer une, en retirer ou en ajouter se voit à la vérification.",
    ),
  },
} as const

/** A period as the extract says it; instants, the end excluded. */
export function periodInWords(from: string | null, to: string | null): string {
  const begin = from === null ? null : parisStamp(from)
  const end = to === null ? null : parisStamp(new Date(new Date(to).getTime() - 1000).toISOString())
  if (begin === null && end === null) return 'tout le journal'
  if (begin === null) return `jusqu'au ${end ?? ''}`
  return end === null ? `depuis le ${begin}` : `du ${begin} au ${end}`
}

const faults: Record<Tampering, (seq: string) => string> = {
  changed: (seq) => `la ligne n° ${seq} n'est plus celle que Comptoir a écrite.`,
  removed: (seq) => `la ligne n° ${seq} manque.`,
  inserted: (seq) => `la ligne n° ${seq} n'a pas été écrite par Comptoir.`,
  reordered: (seq) => `la ligne n° ${seq} est à la place d'une autre.`,
  'end-cut': (seq) => `la fin manque, à partir de la ligne n° ${seq}.`,
  checkpoint: (seq) =>
    `le point de reprise laissé par la durée de conservation (ligne n° ${seq}) n'est plus celui qui a été écrit.`,
  rewritten: (seq) =>
    `il se tient, mais ce n'est pas celui dont le trousseau de ce poste garde l'empreinte (ligne n° ${seq}).`,
}

export type VerdictWords = {
  readonly tone: 'info' | 'mend'
  readonly text: string
  /** What could not be checked, or what to do. */
  readonly more: string | null
}

/** What a verification found, in plain French; null when it was cancelled. */
export function verdictInWords(verification: Verification): VerdictWords | null {
  switch (verification.kind) {
    case 'cancelled':
      return null
    case 'tampered':
      return {
        tone: 'mend',
        text: fr(`Le journal a été altéré : ${faults[verification.what](inFrench(verification.seq))}`),
        more: fr(
          'Ne supprimez rien : gardez une copie de la base et de ses sauvegardes, et appelez votre assistance.',
        ),
      }
    case 'sound':
      return { tone: 'info', text: fr(soundWords(verification)), more: uncheckedEnd[verification.head] }
    default:
      return verification
  }
}

function soundWords({ rows, first, last }: Extract<Verification, { kind: 'sound' }>): string {
  if (first === null || last === null) return 'Le journal est intact : il est vide.'
  return `Le journal est intact : ${inFrench(rows)} ligne${rows > 1 ? 's' : ''}, de la n° ${inFrench(first.seq)} à la n° ${inFrench(last.seq)}.`
}

const uncheckedEnd: Record<Extract<Verification, { kind: 'sound' }>['head'], string | null> = {
  kept: null,
  none: fr(
    'Le trousseau de clés de ce poste ne garde pas encore de repère : pour cette fois, une fin coupée ne se verrait pas.',
  ),
  'no-keychain': 'Sans trousseau de clés, une fin coupée ne se verrait pas.',
}
