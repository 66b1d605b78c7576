import { keysOf } from '../../keys.ts'
import { fr } from '../french.ts'

/**
 * The pictures of the real windows (renderer/help/pictures/{name}.png, made by scripts/help-pictures.ts), with what they
 * show for whoever does not see them.
 */
const alts = {
  launcher:
    "Fenêtre de Comptoir : l'officine et le poste en haut, les pastilles de la carte et de Pro Santé Connect à droite, l'opérateur connecté avec « Changer d'opérateur », son raccourci et « Déconnecter », puis les modules et, en bas, « Fermer la journée ».",
  identification:
    'Fenêtre « Identification » : à gauche, les opérateurs récents, les champs « Code opérateur » et « Mot de passe », « OK » et « Annuler » ; à droite, le bouton bleu « PRO SANTÉ CONNECT » et la pastille de la carte.',
  browser:
    'Fenêtre « Identification » pendant que le navigateur est ouvert : quel certificat choisir, le temps restant, « Rouvrir le navigateur », « Copier le lien » et « Annuler ».',
  phone:
    'Fenêtre « Identification » : le nombre à deux chiffres, en grand, à comparer avec celui du téléphone.',
  association:
    'Fenêtre « Associer ce RPPS » : la personne que Pro Santé Connect identifie, son RPPS, et les champs « Code opérateur » et « Mot de passe ».',
  card: 'Détails de la pastille « Carte bloquée » : que faire, les faits de la carte et « Tester ma carte ».',
  question:
    "Question « Rester connecté ? » : l'opérateur connecté, le compte à rebours, « Rester connecté » et « Déconnecter ».",
  locked:
    "« Comptoir verrouillé » : l'opérateur, la raison, le champ « Mot de passe », « Déverrouiller » et « Changer d'opérateur ».",
  operators:
    "Fenêtre « Opérateurs » : la liste de l'équipe à gauche, la fiche d'une personne et ses actions à droite.",
  journal:
    "Fenêtre « Journal » : les filtres, puis une ligne par événement, avec l'heure, la personne et ce qui s'est passé.",
  diagnostic:
    "Fenêtre « Diagnostic du poste » : le nombre de points à corriger et à surveiller, chacun avec son numéro, et à droite le code d'assistance à dire au téléphone.",
  settings: 'Fenêtre « Réglages à corriger » : le fichier, puis chaque faute avec ce qui était attendu.',
  restore:
    'Fenêtre « Sauvegarde proposée » : la date de la sauvegarde, ce qui manquerait, « Fermer Comptoir » et « Reprendre cette sauvegarde ».',
} as const

export type PictureName = keyof typeof alts

/** What a picture shows. */
export function pictureAlt(name: PictureName): string {
  return fr(alts[name])
}

/** All pictures. */
export const pictureNames: readonly PictureName[] = keysOf(alts)
