import { fr } from './french.ts'

/** « Mes connexions ». */
export const connectionsTexts = {
  title: 'Mes connexions',
  told: (months: number) =>
    fr(
      `Le journal de Comptoir garde vos connexions et les modules ouverts pendant ${months} mois, pour la sécurité et la traçabilité. Il ne sert pas à mesurer le temps de travail. Vous voyez ici ce qui est à votre nom, et seulement cela.`,
    ),
  warning: fr('Une ligne ne vient pas de vous ? Changez votre mot de passe et prévenez le titulaire.'),
  list: "Mes connexions, les plus récentes d'abord",
  count: (shown: number, total: number) =>
    fr(shown === total ? `${total} ligne${total > 1 ? 's' : ''}` : `${shown} lignes sur ${total}`),
  earlier: 'Afficher les précédentes',
  refresh: 'Actualiser',
  loading: 'Lecture de vos connexions…',
  empty: 'Aucune connexion à votre nom.',
  today: "Aujourd'hui",
  yesterday: 'Hier',
  workstation: (name: string) => `Poste ${name}`,
  what: 'Ce que prouve le journal',
  changePassword: 'Changer mon mot de passe',
  password: {
    title: 'Changer mon mot de passe',
    current: 'Mot de passe actuel',
    password: 'Nouveau mot de passe',
    passwordAgain: 'Nouveau, une seconde fois',
    missing: 'À remplir.',
    save: 'Enregistrer',
    cancel: 'Annuler',
    done: fr('Votre nouveau mot de passe est enregistré : il sert dès maintenant.'),
    barcode: "Code-barres d'un produit ignoré.",
  },
} as const
