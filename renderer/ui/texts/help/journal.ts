import { type Article, opening, picture, points, section, table, text } from './article.ts'

/** « Ce que prouve le journal », and what it does not; `months`: for how long this workstation keeps it. */
export function journalHelp(months: number): Article {
  return [
    opening(
      text(
        "Le journal note qui s'est identifié, par quel moyen, quels modules ont été ouverts, et ce qui a été changé dans l'équipe. Une ligne s'ajoute au moment même de ce qu'elle note ; Comptoir n'en change jamais aucune, et n'en supprime qu'à la fin de leur durée de conservation.",
      ),
      picture('journal'),
    ),
    section(
      'Des lignes liées entre elles',
      points(
        "Chaque ligne porte une empreinte (SHA-256), calculée sur la ligne et sur l'empreinte de la précédente. Changer, retirer, ajouter ou déplacer une seule ligne casse toute la suite : « Vérifier » le voit et nomme la première ligne en défaut.",
        'La dernière empreinte est aussi gardée dans le trousseau de clés du compte, hors de la base. Si la fin du journal est coupée, ou le journal remplacé par un autre qui se tient, cela se voit.',
        "Ce repère peut avoir quelques secondes de retard si le poste s'arrête brusquement : les toutes dernières lignes ne sont alors protégées que par leurs empreintes.",
        'Sans trousseau de clés sur ce poste, une fin coupée ne se verrait pas : « Vérifier » le dit chaque fois.',
      ),
    ),
    section(
      'Ce que dit « Vérifier »',
      table(
        ['Constat', 'Ce que cela veut dire'],
        ['Le journal est intact', "Aucune ligne n'a été touchée depuis qu'elle a été écrite."],
        ["La ligne n'est plus celle que Comptoir a écrite", 'Son contenu ou son empreinte a été modifié.'],
        ['La ligne manque', 'Elle a été retirée de la base.'],
        ["La ligne n'a pas été écrite par Comptoir", 'Elle a été ajoutée par un autre moyen.'],
        ["La ligne est à la place d'une autre", 'Des lignes ont été échangées.'],
        ['La fin manque', "Le repère du trousseau connaît des lignes que la base n'a plus."],
        [
          'Le point de reprise a changé',
          'Ce qui relie le journal à ses lignes trop anciennes, déjà supprimées, a été modifié.',
        ],
        [
          "Ce n'est pas le journal attendu",
          'Il se tient, mais ses empreintes ne sont pas celles que le trousseau connaît : il a été réécrit, ou une sauvegarde a été remise sans Comptoir.',
        ],
      ),
      text(
        "En cas d'altération, ne supprimez rien : gardez une copie de la base et de ses sauvegardes, et appelez votre assistance.",
      ),
    ),
    section(
      'Ce que le journal ne prouve pas',
      points(
        "Quelqu'un qui peut écrire à la fois dans la base et dans le trousseau de clés du compte peut reconstruire un journal qui se tient. Aucun poste ne peut l'empêcher à lui seul.",
        "Pour vous en protéger, gardez ailleurs, de temps en temps, un export JSONL ou un extrait imprimé : leurs empreintes ne peuvent plus changer. Si le journal du poste ne les contient plus à l'identique, il a été réécrit depuis.",
        "L'export JSONL se vérifie sans Comptoir : empreinte = SHA-256 de l'empreinte précédente suivie de la ligne sans son empreinte, en JSON canonique (RFC 8785). La première empreinte précédente est faite de 64 zéros, ou de celle du point de reprise.",
        "Une ligne dit qui s'est identifié, pas qui se tenait devant l'écran : un code et un mot de passe prêtés se notent au nom de leur titulaire.",
        'Le journal ne contient ni mot de passe, ni code porteur, ni adresse de page, ni temps de travail.',
      ),
    ),
    section(
      'Qui le lit',
      points(
        'Le titulaire, et les personnes à qui il a donné le droit de lire le journal. Chacun voit ses propres lignes dans « Mes connexions ».',
        "Ouvrir le journal, y regarder les lignes d'une personne, le vérifier, l'exporter ou en tirer un extrait s'inscrit aussi dans le journal.",
        "Un fichier exporté contient des données personnelles : gardez-le en lieu sûr, et supprimez-le quand il n'est plus utile.",
      ),
    ),
    section(
      'Combien de temps',
      text(
        `Sur ce poste, les lignes sont gardées ${months} mois (\`journal.retentionMonths\` dans comptoir.json). La CNIL recommande de 6 mois à 1 an ; au-delà, Comptoir demande une raison écrite, et refuse plus de 36 mois.`,
      ),
      text(
        "Passé ce délai, Comptoir supprime les lignes les plus anciennes et note jusqu'où. Un point de reprise garde la dernière empreinte supprimée : le reste se vérifie toujours. Le nom et le RPPS d'une personne partie disparaissent avec sa dernière ligne. Les sauvegardes faites avant les contiennent encore quelques semaines, le temps d'être remplacées.",
      ),
    ),
  ]
}
