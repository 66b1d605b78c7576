import {
  type Article,
  code,
  info,
  opening,
  ownSupport,
  points,
  section,
  text,
  watch,
  whom,
} from './article.ts'
import { guardSections } from './install-guards.ts'
import { optionsSection } from './install-options.ts'
import { afterSections, placesSection } from './install-places.ts'
import { systemSections } from './install-systems.ts'

/** « Installation »: all that IT asks before it lets a program on its machines. */
export const installHelp: Article = [
  opening(
    text(
      "Pour qui installe Comptoir sur un poste ou sur un parc, sans question à l'écran. Une première officine ? Suivez la liste : [[checklist]].",
    ),
  ),
  ...systemSections,
  optionsSection,
  placesSection,
  section(
    'Le premier titulaire',
    text(
      "Tant qu'aucun opérateur n'existe, Comptoir propose « Créer le titulaire ». Une fois installé, il veut pour cela un administrateur du poste, ou un code que le titulaire tape lui-même, dans « Code d'installation ».",
    ),
    text('Tirez ce code au hasard, au moins douze lettres ou chiffres, dans un fichier. Sous PowerShell :'),
    code(
      "[guid]::NewGuid().ToString('N').Substring(0, 16) | Set-Content -Encoding ascii C:\\deploiement\\code.txt",
    ),
    text('Sous Linux et macOS :'),
    code("sudo sh -c 'umask 077 && openssl rand -hex 8 >/etc/comptoir-code.txt'"),
    points(
      "Donnez ce fichier à l'installateur (`CODEFILE`), dites le code au titulaire, puis effacez le fichier. Comptoir n'en garde qu'une empreinte.",
      "Il sert trente jours, et plus jamais dès qu'un opérateur existe. Pour un nouveau : `comptoir prepare --code-file`, en tant qu'administrateur.",
      'Minuscules, espaces et tirets ne comptent pas : il se dicte au téléphone.',
    ),
    watch('Ne mettez jamais le code lui-même dans une ligne de commande ou dans un script de déploiement.'),
  ),
  ...afterSections,
  ...guardSections,
  section(
    'Plusieurs sessions sur une machine',
    points(
      'Bureau à distance (RDS, TSE) : chaque session a son propre profil, et prend un port libre parmi ceux de `psc.redirectUris`. Prévoyez-en un par session.',
      'Le lecteur de carte doit être redirigé vers la session.',
      "Les postes ont chacun leur base : l'équipe se recopie par « Exporter la liste » et « Importer une liste ».",
    ),
    info(
      'Les réglages, un par un : [[settings]]. Les sauvegardes : [[backups]]. Les commandes : [[commands]].',
    ),
  ),
  section('Qui appeler ?', whom([ownSupport, 'Le déploiement, les réglages, le réseau.'])),
]
