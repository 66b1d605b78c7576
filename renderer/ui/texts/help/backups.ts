import {
  type Article,
  code,
  info,
  opening,
  picture,
  points,
  section,
  steps,
  table,
  text,
  watch,
} from './article.ts'

/** « Sauvegardes ». */
export const backupsHelp: Article = [
  opening(
    text(
      "Comptoir copie sa base une fois par jour, de lui-même, pendant qu'on travaille. Chaque copie est vérifiée.",
    ),
  ),
  section(
    'Ce qui est gardé',
    table(
      ['Sujet', 'Ce que fait Comptoir'],
      [
        'Quand',
        "Une minute après le démarrage, puis une fois par jour. Si ce n'est pas possible, il recommence dans l'heure.",
      ],
      [
        'Où',
        "Dossier `sauvegardes`, à côté de la base ; ou `storage.backupFolder`, dans un sous-dossier au nom de l'ordinateur.",
      ],
      ['Combien', 'Celles des sept derniers jours, puis une par semaine pendant quatre semaines.'],
      [
        'Quoi',
        "L'équipe, les mots de passe (sous une forme qui ne se lit pas), le journal. Pas comptoir.json, ni les secrets du trousseau.",
      ],
    ),
    watch(
      "Une sauvegarde sur le même disque ne protège pas d'une panne de ce disque : réglez `storage.backupFolder` vers un autre, ou copiez ce dossier ailleurs.",
    ),
  ),
  section(
    'Une sauvegarde à la main',
    code('comptoir backup D:\\sauvegardes\\comptoir.db'),
    text("La commande refuse d'écrire par-dessus un fichier. Elle est notée au journal."),
  ),
  section(
    'Avant une nouvelle version',
    text(
      "Au premier démarrage, une nouvelle version met la base à son format, et l'ancienne ne sait plus la lire. Gardez donc une sauvegarde à la main : pour revenir en arrière, désinstallez Comptoir sans effacer les données, installez l'ancienne version, puis reprenez cette sauvegarde. Ce qui a été fait depuis n'y est pas.",
    ),
  ),
  section(
    '« Sauvegarde proposée »',
    text(
      'La base est abîmée ou a disparu : au démarrage, Comptoir cherche la dernière sauvegarde saine et la propose.',
    ),
    picture('restore'),
    steps(
      'Lisez la date, et ce qui manquerait depuis.',
      "En cas de doute : « Fermer Comptoir », et appelez votre assistance. Rien n'est touché.",
      '« Reprendre cette sauvegarde » : Comptoir redémarre avec elle. La base abîmée est gardée à côté, sous un autre nom.',
      'Vérifiez les opérateurs et les mots de passe changés entre-temps.',
    ),
  ),
  section(
    'Remettre une sauvegarde choisie',
    steps(
      'Fermez Comptoir dans toutes les sessions du poste.',
      "Lancez la commande, en tant qu'administrateur ou avec un titulaire :",
    ),
    code('comptoir restore D:\\sauvegardes\\comptoir.db'),
    points(
      'La base présente est gardée à côté, sous un autre nom.',
      'Le journal le note. Sa vérification dira pourquoi des lignes manquent.',
    ),
    info('Les commandes et leurs droits : [[commands]].'),
  ),
]
