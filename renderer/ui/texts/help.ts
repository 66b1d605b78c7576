import { fr } from './french.ts'

/** « Aide »: its window, and the titles of its pages. What they say is in help/, which only that window loads. */
export const helpTexts = {
  title: 'Aide de Comptoir',
  pages: {
    identify: "S'identifier",
    'psc-card': 'Pro Santé Connect avec la carte CPS',
    'psc-e-cps': "Pro Santé Connect avec l'e-CPS",
    'link-rpps': 'Associer son RPPS',
    card: 'Carte bloquée, code perdu, lecteur',
    cryptolib: 'Installer Cryptolib',
    'activate-e-cps': "Activer l'e-CPS",
    certificate: 'Choisir son certificat',
    'register-preparateur': 'Enregistrer un préparateur sur RPPS+',
    'which-card': 'Quelle carte, quel portail',
    switch: "Changer d'opérateur",
    locked: 'Comptoir verrouillé',
    operators: "Gérer l'équipe",
    journal: 'Ce que prouve le journal',
    diagnostic: 'Diagnostic du poste',
    checklist: fr('Première officine : la liste'),
    install: 'Installation',
    settings: fr('Réglages : comptoir.json'),
    commands: 'Commandes',
    backups: 'Sauvegardes',
    psc: 'Raccorder Pro Santé Connect',
    'connection-sheet': 'Fiche de raccordement',
    'module-session': 'Donner la session à un module',
    about: 'À propos',
  },
  /** The pages by whom they are written for. */
  groups: { counter: 'Au comptoir', installer: "Pour l'installation" },
  pagesName: "Pages de l'aide",
  /** In each window. */
  link: 'Aide (F1)',
  search: "Chercher dans l'aide",
  searchHint: 'Ctrl+F',
  results: (count: number) => fr(`${count} page${count > 1 ? 's' : ''}`),
  resultsFor: (query: string) => fr(`Pages qui parlent de « ${query} »`),
  nothing: (query: string) => fr(`Aucune page ne parle de « ${query} ».`),
  nothingRemedy: 'Essayez un seul mot, plus simple, ou appelez votre assistance.',
  backToResults: (query: string) => fr(`Retour aux résultats pour « ${query} »`),
  print: 'Imprimer',
  close: 'Fermer',
  copySheet: 'Copier la fiche',
  copied: 'Copiée',
  support: {
    known: (name: string | null, phone: string | null) =>
      fr(`Assistance : ${[name, phone].filter((part) => part !== null).join(' ')}`),
    unknown: fr('Assistance : celle de votre officine'),
  },
} as const
