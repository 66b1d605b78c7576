import { dayOf, fr, timeOfDay } from './french.ts'

/** « Sauvegarde proposée », and what is told of the backups. */
export const restoreTexts = {
  title: 'Sauvegarde proposée',
  what: {
    damaged: 'La base de Comptoir est abîmée.',
    missing: 'La base de Comptoir a disparu.',
  },
  searching: 'Recherche de la dernière sauvegarde saine…',
  found: (at: string) => `Sauvegarde du ${dayOf(at)}`,
  holds: (at: string) =>
    fr(`Vérifiée : elle est saine. Elle contient tout jusqu'au ${dayOf(at)} à ${timeOfDay(at)}.`),
  missingRows: (rows: number | null, at: string) => {
    if (rows === 0) return 'Aucune ligne du journal ne manquera.'
    const lost =
      rows === null ? 'ce qui a été fait' : rows === 1 ? '1 ligne du journal' : `${rows} lignes du journal`
    return fr(
      `${rows === 1 || rows === null ? 'Manquera' : 'Manqueront'} : ${lost} depuis le ${dayOf(at)} à ${timeOfDay(at)}, avec les opérateurs et les mots de passe changés depuis.`,
    )
  },
  kept: fr('La base abîmée ne sera pas effacée : elle sera gardée dans le même dossier, sous un autre nom.'),
  nothing: "Aucune sauvegarde saine n'a été trouvée sur ce poste.",
  nothingRemedy: fr(
    "Appelez votre assistance avec cette référence : elle peut reprendre une sauvegarde gardée ailleurs. D'ici là, rien n'est effacé.",
  ),
  take: 'Reprendre cette sauvegarde',
  taking: 'Reprise en cours…',
  close: 'Fermer Comptoir',
  inUse: 'Comptoir est encore ouvert dans une autre session de ce poste : fermez-le.',
  notSound: "La sauvegarde ne se lit plus : elle s'est abîmée à son tour.",
  news: {
    restored: (at: string) => fr(`Une sauvegarde a été reprise le ${dayOf(at)} à ${timeOfDay(at)}.`),
    restoredRemedy:
      'Ce qui a été fait avant elle et après la sauvegarde manque au journal : vérifiez les opérateurs et les mots de passe changés entre-temps.',
    backupFailed: "La sauvegarde du jour n'a pas pu être faite.",
    damaged: 'La base de Comptoir est abîmée.',
    damagedRemedy: fr(
      'Terminez ce qui est en cours, puis fermez Comptoir et rouvrez-le : il proposera la dernière sauvegarde.',
    ),
  },
  /** What to do when the daily backup could not be made. */
  backupRemedies: {
    busy: 'Rien à faire : Comptoir recommencera dans une heure.',
    'read-only':
      'Appelez votre assistance : le compte du comptoir doit pouvoir écrire dans le dossier des sauvegardes.',
    full: 'Libérez de la place sur le disque des sauvegardes ; Comptoir recommencera dans une heure.',
    corrupt: "La copie est abîmée : appelez votre assistance aujourd'hui.",
    'newer-schema': 'Installez sur ce poste la même version de Comptoir que sur les autres.',
    'missing-folder':
      'Le dossier des sauvegardes est introuvable : vérifiez que son disque est branché, ou appelez votre assistance.',
    'missing-database': 'La base de Comptoir a disparu : fermez Comptoir et rouvrez-le.',
    unavailable: 'Appelez votre assistance : le disque des sauvegardes ne répond pas.',
  },
} as const
