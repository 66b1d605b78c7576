import type { ImportFault, ImportReport } from '../../../electron/ipc/operator-views.ts'
import { fr } from './french.ts'

type Remark = ImportReport['lines'][number]['remarks'][number]
type Unreadable = NonNullable<ImportReport['unreadable']>

const faults: Record<ImportFault, string> = {
  columns: "Cette ligne n'a pas six colonnes.",
  'missing-code': 'Le code opérateur manque.',
  'invalid-code': 'Le code opérateur doit avoir de 1 à 6 lettres ou chiffres.',
  'code-taken': "Ce code est déjà pris, ou le journal s'y réfère encore.",
  'code-twice': 'Ce code est deux fois dans la liste.',
  'missing-name': 'Le nom ou le prénom manque.',
  'invalid-name': 'Le nom ou le prénom est trop long, ou contient des caractères illisibles.',
  'unknown-role': fr(
    'Le rôle doit être : titulaire, adjoint, remplaçant, préparateur, étudiant, apprenti ou autre.',
  ),
  'titulaire-needed': 'Seul un titulaire peut créer un titulaire.',
  'invalid-rpps': fr('Un RPPS a 11 chiffres, ou 12 en commençant par 8.'),
  'rpps-rounded': fr(
    'Le tableur a arrondi ce RPPS : mettez la colonne au format Texte, puis saisissez-le de nouveau.',
  ),
  'rpps-taken': "Ce RPPS est déjà celui d'un opérateur.",
  'rpps-twice': 'Ce RPPS est deux fois dans la liste.',
  'missing-password': 'Le mot de passe manque.',
  'weak-password': 'Le mot de passe se devine trop facilement.',
}

const remarks: Record<Remark, string> = {
  'rpps-key': fr('La clé de ce RPPS ne tombe pas juste : vérifiez-le.'),
  'rpps-missing': fr("Sans RPPS : s'identifiera par son code seulement."),
}

const unreadable: Record<Unreadable, string> = {
  empty: fr(
    'La liste est vide : la première ligne nomme les colonnes, les suivantes ont une personne chacune.',
  ),
  header: fr('La première ligne doit nommer les colonnes : code;nom;prenom;role;rpps;motdepasse.'),
  'too-large': fr("La liste est trop grande. Vérifiez que c'est le bon fichier : une ligne par personne."),
  encoding: 'Le texte de ce fichier ne se lit pas. Enregistrez-le de nouveau, en CSV UTF-8.',
}

/** « Importer une liste ». */
export const importTexts = {
  title: 'Importer une liste',
  intro:
    "Une ligne par personne, la première nommant les colonnes. Rien n'est créé avant que vous ayez lu le compte rendu.",
  columns: 'code;nom;prenom;role;rpps;motdepasse',
  example: 'CLM;MARTIN;Claire;adjoint;99700218896;un mot de passe provisoire',
  passwords: fr(
    'Les mots de passe de la liste sont provisoires : chacun change le sien à sa première identification.',
  ),
  choose: 'Choisir un fichier…',
  pasted: "Ou collez ici les lignes d'un tableur",
  read: 'Lire ces lignes',
  missing: 'Collez les lignes, ou choisissez un fichier.',
  again: 'Lire une autre liste',
  report: 'Compte rendu',
  of: (file: string | null) => fr(file === null ? 'Lignes collées' : `Fichier « ${file} »`),
  encodings: { 'utf-8': 'UTF-8', 'windows-1252': 'Windows-1252' },
  summary: (people: number, wrong: number) => {
    const read = fr(`${people} ${people > 1 ? 'personnes lues' : 'personne lue'}`)
    if (wrong === 0) return `${read}, aucune erreur.`
    return fr(`${read}, ${wrong} ${wrong > 1 ? 'lignes' : 'ligne'} à corriger : personne ne sera créé.`)
  },
  correct: 'Corrigez la liste, puis relisez-la.',
  heads: ['Ligne', 'Code', 'Nom', 'Rôle', 'RPPS'],
  more: (count: number) => fr(`… et ${count} autre${count > 1 ? 's' : ''} ligne${count > 1 ? 's' : ''}.`),
  faults,
  remarks,
  unreadable,
  create: (count: number) => fr(count === 1 ? "Créer l'opérateur" : `Créer les ${count}\u00A0opérateurs`),
  confirm: (count: number) => [
    fr(
      count === 1
        ? "L'opérateur de la liste sera créé."
        : `Les ${count} opérateurs de la liste seront créés, tous ou aucun.`,
    ),
    'Leurs mots de passe sont provisoires.',
  ],
  created: (count: number) => fr(count === 1 ? '1 opérateur créé.' : `${count} opérateurs créés.`),
  deleteFile: (file: string) => fr(`Supprimez le fichier « ${file} » : il contient des mots de passe.`),
  deletePasted: fr("Supprimez la liste d'où viennent ces lignes : elle contient des mots de passe."),
} as const
