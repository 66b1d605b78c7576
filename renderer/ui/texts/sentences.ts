import type { ErrorCode, RefusalParameters } from '../../../electron/ipc/result.ts'
import type { Sentence } from './psc.ts'

/** The errors of « Opérateurs », « Journal » and the backups. */
export const teamSentences = {
  'right-needed': () => ({
    text: "Cette page est réservée au titulaire et aux personnes qu'il a autorisées.",
    remedy: 'Voyez le titulaire.',
  }),
  'names-reserved': () => ({
    text: "Les noms et les RPPS sont réservés au titulaire et aux personnes qu'il a autorisées.",
    remedy: 'Sans eux, le diagnostic suffit à votre assistance.',
  }),
  'titulaire-needed': () => ({
    text: 'Seul un titulaire peut changer un titulaire ou donner des droits.',
    remedy: 'Demandez-le à un titulaire.',
  }),
  'provisional-password': () => ({
    text: 'Ce mot de passe est provisoire.',
    remedy: "Choisissez d'abord le vôtre : identifiez-vous par « S'identifier » ou « Changer d'opérateur ».",
  }),
  'password-unchanged': () => ({
    text: "C'est le mot de passe que vous avez déjà.",
    remedy: 'Choisissez-en un autre.',
  }),
  'password-not-chosen': () => ({
    text: "Le nouveau mot de passe n'a pas été choisi à temps.",
    remedy: 'Identifiez-vous de nouveau avec le mot de passe provisoire.',
  }),
  'last-titulaire': () => ({
    text: "C'est le dernier titulaire actif : il ne peut être ni suspendu, ni changé de rôle, et son départ ne peut pas être enregistré.",
    remedy: "Créez ou reprenez d'abord un autre titulaire.",
  }),
  'own-password': () => ({
    text: 'Votre propre mot de passe ne se réinitialise pas ici.',
    remedy: 'Changez-le dans « Mes connexions ».',
  }),
  'operator-unknown': () => ({
    text: "Cet opérateur n'existe plus.",
    remedy: 'Revenez à la liste des opérateurs.',
  }),
  'operator-changed': () => ({
    text: 'Cet opérateur a été changé entre-temps.',
    remedy: 'Relisez sa fiche, puis recommencez.',
  }),
  'operator-departed': () => ({
    text: 'Cet opérateur est parti : sa fiche ne se change plus.',
    remedy: "S'il revient, créez-le de nouveau avec un autre code.",
  }),
  'import-refused': () => ({
    text: "La liste contient des erreurs : personne n'a été créé.",
    remedy: 'Corrigez-la, puis relisez-la.',
  }),
  'import-too-large': () => ({
    text: "Ce fichier est trop grand pour une liste d'opérateurs.",
    remedy: 'Choisissez le bon fichier : une ligne par personne.',
  }),
  'file-not-read': ({ detail = '' }) => ({
    text: `Le fichier ${detail} ne se lit pas.`,
    remedy: "Vérifiez qu'il existe et que ce compte peut le lire.",
  }),
  'file-not-written': ({ detail = '' }) => ({
    text: `Le fichier ${detail} ne s'est pas écrit.`,
    remedy: 'Choisissez un dossier où ce compte peut écrire, avec assez de place.',
  }),
  'journal-too-many-rows': ({ detail = '' }) => ({
    text: `Cet extrait aurait trop de lignes pour être imprimé (${detail}).`,
    remedy: 'Réduisez la période ou ajoutez un filtre ; pour tout, exportez le journal.',
  }),
  'backup-not-sound': () => ({
    text: "Cette sauvegarde n'est pas saine : elle n'a pas été reprise.",
    remedy: 'Choisissez-en une autre, ou appelez votre assistance avec cette référence.',
  }),
  /** `detail`: why, one sentence. */
  'backup-not-restored': ({ detail = '' }) => ({
    text: `La sauvegarde n'a pas été reprise, et rien n'a changé. ${detail}`.trim(),
    remedy: 'Recommencez ; si rien ne change, appelez votre assistance avec cette référence.',
  }),
} satisfies Partial<Record<ErrorCode, (parameters: RefusalParameters) => Sentence>>
