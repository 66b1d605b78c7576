import { type Article, blanks, checks, code, info, opening, section, text, watch } from './article.ts'

/** « Première officine : la liste »: to be printed; each step has what proves it. */
export const checklistHelp: Article = [
  opening(
    text(
      "De la préparation au départ : cochez une ligne quand vous avez vu sa preuve, à l'écran ou sur papier. Comptez une demi-journée pour le premier poste, une demi-heure pour chaque autre.",
    ),
    blanks('Officine', 'Technicien', 'Date', 'Postes', 'Assistance'),
  ),
  section(
    'Avant la visite',
    checks(
      [
        'Le raccordement à Pro Santé Connect est choisi et demandé : [[psc]], [[connection-sheet]].',
        "Preuve : l'adresse du serveur (`HOST`) et le nom du client sont notés ; la page `https://HOST/realms/officine/.well-known/openid-configuration` s'ouvre dans un navigateur.",
      ],
      [
        'Le paquet est là, signé, le même pour tous les postes : [[install]].',
        'Preuve : `Get-AuthenticodeSignature` répond `Valid`, ou `sha256sum --check` répond `OK`.',
      ],
      [
        'comptoir.json est prêt : officine, assistance, modules, sauvegardes vers un autre disque. Voyez [[settings]].',
        'Preuve : `comptoir --check-config comptoir.json` se termine par le code 0.',
      ],
      [
        "La liste de l'équipe est demandée au titulaire : codes, noms, rôles, RPPS. Voyez [[operators]].",
        "Preuve : `comptoir operators import equipe.csv --dry-run` n'a pas d'erreur, sur un poste d'atelier.",
      ],
      [
        "Le code d'installation est tiré, et le titulaire sera là pour le taper.",
        "Preuve : un fichier code.txt, qui n'est ni dans un courriel, ni dans un script.",
      ],
      [
        'Les lecteurs et la dernière version de Cryptolib sont prêts : [[cryptolib]].',
        'Preuve : son installateur est sur votre support, et chaque poste a un port USB libre.',
      ],
    ),
  ),
  section(
    'Sur le premier poste',
    checks(
      [
        "L'heure du poste est automatique et le disque a deux gigaoctets libres.",
        'Preuve : les réglages de date et de stockage du système.',
      ],
      ['Cryptolib est installée, le lecteur branché.', "Preuve : l'outil de l'ANS lit une carte."],
      [
        'Comptoir est installé, avec comptoir.json et le code.',
        'Preuve : le code de sortie est 0, et `comptoir --version` dit la version attendue.',
      ],
      [
        'Les droits sont les bons.',
        "Preuve : depuis le compte du comptoir, le bloc-notes ouvre comptoir.json mais n'enregistre pas.",
      ],
      [
        'Le titulaire se crée lui-même, dans « Créer le titulaire ».',
        "Preuve : il s'identifie avec son code et son mot de passe, que vous ne connaissez pas.",
      ],
      [
        "L'équipe est importée, et chacun a un mot de passe provisoire.",
        'Preuve : `comptoir operators list` la donne entière.',
      ],
      [
        'Sur la voie directe seulement : le secret est rangé, dans la session du comptoir.',
        'Preuve : `comptoir secret list` le nomme.',
      ],
      [
        "Quelqu'un s'identifie par Pro Santé Connect, avec la carte, puis avec l'e-CPS.",
        'Preuve : le poste affiche ses nom et prénom ; la première fois, « Associer ce RPPS » a été accepté.',
      ],
      [
        "Chaque module s'ouvre, et « Rester connecté ? » est posée quand on le quitte.",
        'Preuve : le journal a une ligne pour chacun.',
      ],
      [
        'Une sauvegarde existe, sur un autre disque que celui du poste.',
        'Preuve : le contrôle « Sauvegarde » du diagnostic est correct, et le fichier est dans `storage.backupFolder`.',
      ],
      [
        'Le diagnostic est bon.',
        'Preuve : `comptoir --diagnostic` se termine par le code 0 ; sinon, chaque ligne restante est expliquée au titulaire.',
      ],
    ),
  ),
  section(
    'Sur chaque autre poste',
    checks(
      [
        'Cryptolib, le lecteur, Comptoir et le même comptoir.json sont installés.',
        "Preuve : le code de sortie est 0 ; `comptoir --check-config` n'a rien à dire.",
      ],
      [
        "L'équipe est recopiée : « Exporter la liste » sur le premier poste, « Importer une liste » ici.",
        'Preuve : le même nombre de lignes des deux côtés.',
      ],
      [
        'Une identification par code, une par Pro Santé Connect, un module ouvert et fermé.',
        'Preuve : le journal de ce poste.',
      ],
      [
        "« Diagnostic du poste » est bon, et le nom du poste est celui que l'officine lui donne.",
        'Preuve : son rapport, enregistré par `comptoir --diagnostic --output`.',
      ],
    ),
  ),
  section(
    'Avant de partir',
    checks(
      [
        "Le fichier du code d'installation est effacé, des postes comme du partage.",
        'Preuve : la recherche de code.txt ne trouve rien.',
      ],
      [
        'Chacun a changé son mot de passe provisoire.',
        'Preuve : plus aucun « mot de passe provisoire » dans `comptoir operators list`.',
      ],
      [
        "L'équipe sait changer d'opérateur, retirer sa carte et fermer la journée : [[switch]], [[card]].",
        "Preuve : deux personnes l'ont fait devant vous.",
      ],
      [
        'Le titulaire sait ce que le journal garde, et combien de temps : [[journal]].',
        "Preuve : il l'a ouvert, et « Vérifier » lui a répondu.",
      ],
      [
        "L'officine sait qui appeler, et quoi lire au téléphone : [[diagnostic]].",
        "Preuve : la fenêtre dit le téléphone de l'assistance ; quelqu'un a lu le code d'assistance à voix haute.",
      ],
    ),
    watch(
      "Gardez une copie de comptoir.json et de cette feuille au dossier de l'officine ; jamais de mot de passe ni de secret.",
    ),
    info('La même vérification, plus tard, à distance :'),
    code('comptoir --diagnostic --json --output diagnostic.json'),
  ),
]
