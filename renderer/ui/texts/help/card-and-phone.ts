import { oldPscNumber, sites } from '../../contacts.ts'
import {
  type Article,
  info,
  opening,
  ownSupport,
  points,
  remedies,
  section,
  steps,
  table,
  text,
  watch,
  whom,
} from './article.ts'
import { contactTexts } from '../contacts.ts'
import { olderNumbers } from './older-numbers.ts'

/** « Installer Cryptolib ». */
export const cryptolibHelp: Article = [
  opening(
    text(
      "Cryptolib CPS est le logiciel gratuit de l'ANS qui lit les cartes. Sans elle, ni Comptoir ni le navigateur ne voient votre carte.",
    ),
    text("Il faut les droits d'administrateur du poste : si vous ne les avez pas, appelez votre assistance."),
  ),
  section(
    'Les étapes',
    steps(
      `Sur ${sites.ans}, cherchez « Cryptolib CPS » et téléchargez la version du système du poste.`,
      'Sous Windows 64 bits, prenez la version 64 bits : elle contient les deux.',
      "Fermez les navigateurs, puis lancez l'installation en tant qu'administrateur.",
      'Branchez le lecteur, puis redémarrez le poste.',
      'Insérez une carte. Dans Comptoir, cliquez sur la pastille, puis sur « Tester ma carte ».',
    ),
  ),
  section(
    'À savoir',
    table(
      ['Sujet', 'Ce qui convient'],
      ['Carte CPS4 (depuis 2025)', 'Cryptolib 5.2 ou plus.'],
      ['Windows', "Version 64 bits. Il n'y en a pas pour ARM."],
      ['macOS', 'Version 5.2 : elle convient aux Mac Intel et Apple.'],
      ['Linux', 'Paquet RPM pour 64 bits (x86_64), aucun pour ARM.'],
      [
        'Bureau à distance',
        'Cryptolib se met là où Comptoir tourne, et le lecteur est redirigé : Bureau à distance › Ressources locales › Cartes à puce.',
      ],
      ["Déblocage d'une carte", "CPS Gestion s'installe avec Cryptolib."],
    ),
  ),
  section(
    'Ce que dit la pastille',
    remedies(
      ['« Cryptolib absente »', 'Installez-la, comme ci-dessus.'],
      ['« Cryptolib 32 bits seulement »', 'Installez la version 64 bits par-dessus.'],
      ['« Cryptolib trop ancienne »', 'Installez la version du jour par-dessus.'],
      [
        '« Cryptolib inutilisable »',
        'Désinstallez-la, redémarrez, réinstallez-la. Si cela revient : votre assistance, avec la référence.',
      ],
      ['« Service Carte à puce arrêté »', 'Redémarrez le poste, lecteur branché.'],
    ),
    text('Les autres messages : [[card]]. Le poste entier : [[diagnostic]].'),
  ),
]

/** « Activer l'e-CPS ». */
export const activateECpsHelp: Article = [
  opening(
    text(
      "L'e-CPS s'active une fois, de deux façons : avec votre carte, ou avec les coordonnées que l'Annuaire Santé connaît. Comptez cinq minutes, téléphone en main.",
    ),
    table(
      ['À savoir', 'Avec la carte', 'Avec vos coordonnées'],
      [
        'Il faut',
        'Carte, lecteur, code porteur',
        "Votre adresse mail et votre numéro de mobile, connus de l'Annuaire Santé",
      ],
      [
        'Pour qui',
        'Toute carte nominative : CPS, CPF, CPE…',
        'Les professions à Ordre ou enregistrées (ARS, RPPS+) : pharmaciens, préparateurs…',
      ],
    ),
  ),
  section(
    'Première façon : avec la carte',
    steps(
      "Installez l'application « e-CPS » sur le téléphone (Google Play ou App Store).",
      `Sur un poste équipé d'un lecteur, insérez votre carte et ouvrez ${sites.eCps} dans le navigateur.`,
      "Demandez l'activation, choisissez votre certificat, tapez le code porteur de la carte.",
      "Un QR code s'affiche, pour 90 secondes : scannez-le avec l'application.",
      "Choisissez le code de votre e-CPS. Ce n'est ni le code porteur, ni votre code opérateur.",
    ),
  ),
  section(
    'Deuxième façon : avec vos coordonnées',
    steps(
      "Installez l'application « e-CPS » sur le téléphone.",
      `Ouvrez ${sites.eCps}, demandez l'activation sans carte et tapez votre RPPS.`,
      "Un message arrive à l'adresse mail que l'Annuaire Santé connaît, avec un QR code : scannez-le avec l'application.",
      "Suivez l'application : elle vérifie votre numéro de mobile.",
      'Choisissez le code de votre e-CPS.',
    ),
  ),
  section(
    'Cela ne marche pas',
    remedies(
      [
        "Le message n'arrive pas",
        "Regardez dans les indésirables. Sinon, l'adresse connue n'est pas la bonne, ou votre messagerie le bloque : voyez l'ANS.",
      ],
      [
        "L'adresse mail ou le mobile sont faux",
        'Pharmacien : votre Ordre les corrige. Préparateur : le titulaire, sur le portail RPPS+. Autre profession : votre ARS.',
      ],
      [
        'Préparateur inscrit tout juste',
        "L'e-CPS s'active environ 48 heures après la validation : voyez [[register-preparateur]].",
      ],
      [
        'Nouveau téléphone, code oublié, e-CPS expirée',
        "Supprimez l'e-CPS dans l'application, puis activez-la de nouveau.",
      ],
    ),
    whom(
      [contactTexts.whom(), "L'e-CPS, l'Annuaire Santé."],
      [ownSupport, 'Le poste, le lecteur, Comptoir.'],
    ),
    ...olderNumbers(oldPscNumber),
  ),
  section('Ensuite', text('[[psc-e-cps]], puis [[link-rpps]] la première fois.')),
]

/** « Choisir son certificat ». */
export const certificateHelp: Article = [
  opening(
    text(
      'Avec la carte, le navigateur demande quel certificat présenter. Un seul convient : celui de la carte qui est dans le lecteur, à votre nom.',
    ),
  ),
  section(
    'Le reconnaître',
    points(
      'Il commence par 8, suivi de vos 11 chiffres RPPS. Comptoir vous le rappelle pendant que le navigateur est ouvert.',
      'Il est émis par « AC IGC-SANTE FORT PERSONNES ».',
      'La fenêtre change avec le navigateur : « Sélectionner un certificat », « Choisir un certificat à présenter »…',
    ),
    table(
      ["Ce qu'on voit", "Ce que c'est", 'Le choisir ?'],
      ['8, puis 11 chiffres', 'Votre carte CPS ou CPF', 'Oui'],
      [
        'Des chiffres avec une barre : …/CPET0001',
        'Une carte CPE, sans RPPS',
        "Seulement si c'est la vôtre. Comptoir demandera votre code opérateur.",
      ],
      ["Le nom d'une collègue ou d'un collègue", 'Une carte vue auparavant sur ce poste', 'Non'],
      ["Le nom d'un logiciel, d'une officine, d'un ordinateur", "Un certificat d'un autre service", 'Non'],
    ),
  ),
  section(
    'Les étapes',
    steps(
      'Laissez une seule carte dans les lecteurs : la vôtre.',
      'Choisissez le certificat qui commence par 8 et porte votre RPPS, puis « OK ».',
      'Tapez le code porteur de la carte.',
    ),
  ),
  section(
    'Cela ne marche pas',
    remedies(
      [
        'Vous avez choisi le mauvais',
        'Le navigateur le garde en mémoire : fermez toutes ses fenêtres, puis « Rouvrir le navigateur » dans Comptoir.',
      ],
      [
        'Le vôtre manque',
        'Retirez la carte, réinsérez-la, attendez que la pastille dise votre nom, puis fermez et rouvrez le navigateur.',
      ],
      [
        'Aucune question, et la mauvaise personne',
        "Dans Comptoir : « Non, ce n'est pas moi ». Fermez toutes les fenêtres du navigateur.",
      ],
      ['« Carte de test »', "Elle n'est acceptée que par le bac à sable de l'ANS."],
      [
        '« Carte expirée »',
        'Pro Santé Connect la refuse : e-CPS ou code opérateur, et voyez [[which-card]].',
      ],
    ),
    watch("N'ouvrez pas la carte d'une autre personne : ce serait agir en son nom."),
  ),
]

/** « Enregistrer un préparateur sur RPPS+ ». */
export const registerPreparateurHelp: Article = [
  opening(
    text(
      "Un préparateur reçoit un numéro RPPS par le portail RPPS+, sous la responsabilité du titulaire. Ce numéro lui permet d'activer une e-CPS, à son nom.",
    ),
    info(`Adresse du portail : sur ${sites.ans}, cherchez « RPPS+ ».`),
  ),
  section(
    'Le préparateur fait la demande',
    steps(
      'Il se connecte au portail RPPS+ avec FranceConnect.',
      "Il remplit sa demande : diplôme, adresse mail, numéro de mobile, et le FINESS ou le SIRET de l'officine.",
      "Le titulaire se connecte au portail avec sa carte ou son e-CPS, vérifie l'identité et le diplôme, puis valide.",
    ),
  ),
  section(
    'Ou le titulaire le fait pour lui',
    steps(
      'Le titulaire se connecte au portail RPPS+ avec sa carte ou son e-CPS.',
      'Il enregistre le préparateur : identité, diplôme, adresse mail et numéro de mobile, dates du contrat.',
      'Il valide.',
    ),
    points(
      "L'adresse mail et le mobile doivent être ceux du préparateur : ils servent à activer son e-CPS.",
      'Une date de fin de contrat arrête ses accès ce jour-là.',
      'Plusieurs officines peuvent enregistrer la même personne : son numéro RPPS reste le même, pour la vie.',
    ),
  ),
  section(
    'Ensuite',
    steps(
      'Environ 48 heures après la validation, le préparateur active son e-CPS : [[activate-e-cps]], avec ses coordonnées.',
      "Dans Comptoir, il s'identifie par Pro Santé Connect et associe son RPPS : [[link-rpps]].",
    ),
    text(
      "Le titulaire peut aussi écrire ce RPPS dans sa fiche : [[operators]]. Tant qu'il n'a pas de RPPS, le préparateur travaille avec son code opérateur.",
    ),
  ),
  section('Qui appeler ?', whom([contactTexts.whom(), "Le portail RPPS+, le numéro RPPS, l'e-CPS."])),
]

/** « Quelle carte, quel portail ». */
export const whichCardHelp: Article = [
  opening(text('Selon le métier, la carte et le guichet changent. Cherchez votre ligne.')),
  section(
    'Dans une officine',
    table(
      ['Vous êtes', 'Votre moyen', 'À qui le demander'],
      [
        'Pharmacien : titulaire, adjoint, remplaçant',
        'Carte CPS, et e-CPS',
        "L'Ordre des pharmaciens. La carte arrive après l'inscription ; suivi et renouvellement : portail Ma Carte.",
      ],
      [
        'Préparateur',
        'e-CPS, avec un numéro RPPS. Pas de carte CPS.',
        'Le titulaire, sur le portail RPPS+ : [[register-preparateur]].',
      ],
      [
        'Étudiant en pharmacie, interne',
        "Carte CPF et e-CPS, s'il est enregistré. Sinon : code opérateur.",
        "L'Ordre des pharmaciens.",
      ],
      [
        'Apprenti, vendeur, autre salarié',
        'Code opérateur. Une carte CPE existe, mais elle ne porte pas de RPPS.',
        "Le titulaire, dans « Opérateurs ». La carte CPE se commande à l'ANS, sur le portail TOPS.",
      ],
    ),
  ),
  section(
    'Les cartes',
    table(
      ['Carte', 'À qui'],
      ['CPS', 'Professionnels de santé inscrits au RPPS.'],
      ['CPF', 'Professionnels en formation.'],
      ['CPE', "Personnel d'un établissement ou d'un cabinet, sans RPPS sur la carte."],
      ['CDE', "Directeurs d'établissement."],
      ['e-CPS', 'Application de téléphone, pour toute personne qui a un RPPS ou une carte nominative.'],
    ),
    text('Une carte CPS3 ou CPS4 se lit de la même façon ; une CPS4 demande Cryptolib 5.2 ou plus.'),
  ),
  section(
    'Les portails',
    table(
      ['Portail', 'Pour quoi'],
      ['Ma Carte', 'Commander, suivre et renouveler sa carte CPS.'],
      ['RPPS+', 'Enregistrer les préparateurs et les autres professions à rôle.'],
      ['eRPPS', "S'enregistrer soi-même, pour une profession suivie par l'ARS."],
      ['TOPS', "Commander et gérer les cartes CPE d'une officine ou d'un cabinet."],
      ['TOM', "Gérer les cartes d'une structure qui a un contrat avec l'ANS."],
    ),
    text(`Tous sont sur ${sites.ans} : cherchez-y leur nom.`),
  ),
  section(
    'Qui appeler ?',
    whom(
      [contactTexts.whom(), 'Les cartes, leurs codes et les portails.'],
      [ownSupport, 'Le poste, le lecteur, Comptoir.'],
    ),
  ),
]
