import { contactTexts } from './contacts.ts'
import { fr } from './french.ts'
import { aboutTexts, helpJournalTexts } from './help-journal.ts'
import { helpPscTexts } from './help-psc.ts'

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
    install: 'Installation silencieuse',
    settings: 'Réglages : comptoir.json',
    commands: 'Commandes',
    backups: 'Sauvegardes',
    psc: 'Raccorder Pro Santé Connect',
    'connection-sheet': 'Fiche de raccordement',
    'module-session': 'Donner la session à un module',
    about: 'À propos',
  },
  pagesName: "Pages de l'aide",
  print: 'Imprimer',
  close: 'Fermer',
  copySheet: 'Copier la fiche',
  copied: 'Copiée',
  psc: helpPscTexts,
  journal: helpJournalTexts,
  about: aboutTexts,
  card: {
    intro: fr(
      "La pastille en haut de Comptoir dit l'état du lecteur et de la carte. Cliquez dessus pour les détails et pour « Tester ma carte » : la carte est lue sans son code.",
    ),
    codes: {
      title: 'Deux codes à ne pas confondre',
      about: 'À savoir',
      holder: 'Code porteur',
      operator: 'Code opérateur',
      rows: [
        [
          'À quoi il sert',
          'À prouver que la carte est la vôtre.',
          'À vous identifier dans Comptoir, avec votre mot de passe.',
        ],
        [
          "D'où il vient",
          fr("Du courrier de l'ANS. À la livraison de la carte, il a 4 chiffres."),
          'Du titulaire. De 1 à 6 lettres ou chiffres.',
        ],
        [
          'Qui le demande',
          'Le navigateur avec Pro Santé Connect, ou un autre logiciel de santé. Jamais Comptoir.',
          fr('La fenêtre « Identification » de Comptoir.'),
        ],
        [
          'En cas de doute',
          'Arrêtez avant la troisième erreur : elle bloque la carte.',
          fr('Voyez le titulaire, ou « Mot de passe oublié ? » pour le mot de passe.'),
        ],
      ].map((cells) => cells.map(fr)),
    },
    states: {
      title: 'Ce que dit la pastille, et que faire',
      state: 'Pastille',
      remedy: 'Que faire',
      nothing: 'Rien à faire.',
      ready: 'La carte est prête.',
      library: 'Le fichier de Cryptolib',
      name: 'NOM',
    },
    blocked: {
      title: 'La carte est bloquée',
      why: 'Trois erreurs de code porteur bloquent la carte. Elle se débloque sur ce poste :',
      steps: [
        "Prenez le courrier de l'ANS : il donne le code porteur et le code de déblocage à 8 chiffres.",
        'Insérez la carte et ouvrez le logiciel CPS Gestion, installé avec Cryptolib.',
        'Demandez le déblocage : saisissez le code de déblocage, puis un nouveau code porteur.',
        'Revenez à Comptoir et cliquez sur la pastille, puis sur « Tester ma carte ».',
      ].map(fr),
      lost: fr(`${contactTexts.lostCode()} L'ANS renvoie le courrier.`),
      meanwhile: fr('En attendant : e-CPS ou code opérateur.'),
    },
    whom: {
      title: fr('Qui appeler ?'),
      ans: contactTexts.whom(),
      ansFor: fr('La carte, le code porteur, le code de déblocage, Pro Santé Connect.'),
      support: (name: string | null, phone: string | null) =>
        fr(`Assistance : ${[name, phone].filter((part) => part !== null).join(' ')}`),
      supportFor: fr('Le poste, le lecteur, Cryptolib, Comptoir. Donnez la référence (réf.) affichée.'),
      noSupport: fr('Assistance : celle de votre officine'),
    },
  },
} as const
