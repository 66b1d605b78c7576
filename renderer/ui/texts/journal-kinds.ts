import type { JournalKind } from '../../../electron/journal/kinds.ts'
import { fr } from './french.ts'

/** The families of the filter, in its order. */
export const families = {
  connections: 'Connexions',
  psc: 'Pro Santé Connect',
  modules: 'Modules',
  operators: 'Opérateurs',
  journal: 'Journal et sauvegardes',
  program: 'Programme',
} as const
export type Family = keyof typeof families

type Kind = { readonly family: Family; readonly name: string }

/** Every kind of row, by its family and its name in the filter. */
export const journalKinds: Record<JournalKind, Kind> = {
  'identification.succeeded': { family: 'connections', name: 'Identification réussie' },
  'identification.refused': { family: 'connections', name: 'Identification refusée' },
  'session.connected': { family: 'connections', name: 'Session ouverte' },
  'session.locked': { family: 'connections', name: 'Session verrouillée' },
  'session.unlocked': { family: 'connections', name: 'Session déverrouillée' },
  'session.suspended': { family: 'connections', name: 'Session mise en attente' },
  'session.resumed': { family: 'connections', name: 'Session reprise' },
  'session.renewed': { family: 'connections', name: 'Session prolongée' },
  'session.ended': { family: 'connections', name: 'Session terminée' },
  'day.closed': { family: 'connections', name: 'Journée fermée' },
  'stay-connected.answered': { family: 'connections', name: fr('Réponse à « Rester connecté ? »') },
  'card-removed.answered': { family: 'connections', name: fr('Réponse à « Carte retirée »') },

  'identification.failed': { family: 'psc', name: 'Identification sans suite' },
  'identification.denied': { family: 'psc', name: fr("« Non, ce n'est pas moi »") },
  'operator.rpps-linked': { family: 'psc', name: 'RPPS associé' },
  'session.psc-left': { family: 'psc', name: 'Pro Santé Connect quitté' },

  'module.opened': { family: 'modules', name: 'Module ouvert' },
  'module.left': { family: 'modules', name: 'Module quitté' },
  'module.veiled': { family: 'modules', name: 'Module masqué' },
  'module.failed': { family: 'modules', name: 'Module non ouvert' },
  'module.refused': { family: 'modules', name: 'Module refusé' },
  'module.session-given': { family: 'modules', name: 'Identité donnée à un module' },
  'module.session-refused': { family: 'modules', name: 'Identité refusée à un module' },

  'operator.created': { family: 'operators', name: 'Opérateur créé' },
  'installation-code.refused': { family: 'operators', name: "Code d'installation refusé" },
  'operator.changed': { family: 'operators', name: 'Fiche modifiée' },
  'operator.suspended': { family: 'operators', name: 'Suspension' },
  'operator.resumed': { family: 'operators', name: 'Fin de suspension' },
  'operator.departed': { family: 'operators', name: 'Départ' },
  'operator.password-reset': { family: 'operators', name: 'Mot de passe provisoire donné' },
  'operator.password-changed': { family: 'operators', name: 'Mot de passe changé' },
  'operator.rpps-set': { family: 'operators', name: 'RPPS donné' },
  'operator.rpps-unlinked': { family: 'operators', name: 'RPPS dissocié' },
  'operator.unblocked': { family: 'operators', name: 'Code débloqué' },
  'operator.told': { family: 'operators', name: 'Information sur le journal lue' },
  'operators.imported': { family: 'operators', name: 'Liste importée' },
  'operators.exported': { family: 'operators', name: 'Liste exportée' },

  'journal.read': { family: 'journal', name: 'Journal ouvert' },
  'journal.filtered': { family: 'journal', name: "Lignes d'une personne consultées" },
  'journal.verified': { family: 'journal', name: 'Journal vérifié' },
  'journal.exported': { family: 'journal', name: 'Journal exporté' },
  'journal.extracted': { family: 'journal', name: 'Extrait établi' },
  'journal.cut': { family: 'journal', name: 'Fin de conservation' },
  'database.backed-up': { family: 'journal', name: 'Sauvegarde' },
  'database.backup-failed': { family: 'journal', name: 'Sauvegarde échouée' },
  'database.restored': { family: 'journal', name: 'Sauvegarde reprise' },

  'program.started': { family: 'program', name: 'Comptoir démarré' },
  'program.stopped': { family: 'program', name: 'Comptoir arrêté' },
  'program.failed': { family: 'program', name: 'Erreur inattendue' },
  'settings.changed': { family: 'program', name: 'Réglages modifiés' },
  'diagnostic.named': { family: 'program', name: 'Diagnostic emporté avec les noms' },
  'window.crashed': { family: 'program', name: 'Fenêtre fermée brusquement' },
  'secret.set': { family: 'program', name: 'Secret mis dans le trousseau' },
  'secret.deleted': { family: 'program', name: 'Secret retiré du trousseau' },
}

const isKind = (name: string): name is JournalKind => name in journalKinds
const allKinds = Object.keys(journalKinds).filter(isKind)

/** The kinds of a family, in the order of the filter. */
export function kindsOf(family: Family): JournalKind[] {
  return allKinds.filter((kind) => journalKinds[kind].family === family)
}

/** The name of a kind; one that this version does not know is told as it stands. */
export function kindName(kind: string): string {
  return isKind(kind) ? journalKinds[kind].name : kind
}
