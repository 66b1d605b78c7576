import { code, type HelpSection, points, section, table, text } from './article.ts'

/** Some that an installed program refuses, and all that it does not. A test compares them with its rules. */
export const refusedSwitches = [
  'remote-debugging-port',
  'no-sandbox',
  'load-extension',
  'user-data-dir',
] as const
export const admittedSwitches = [
  'disable-gpu',
  'force-device-scale-factor',
  'force-renderer-accessibility',
  'ozone-platform',
  'ozone-platform-hint',
] as const

function named(switches: readonly string[]): string {
  return switches.map((name) => `\`--${name}\``).join(', ')
}

/** What the installers answer, and what an installed program refuses. */
export const guardSections: readonly HelpSection[] = [
  section(
    'Les codes de sortie',
    table(
      ['Installateur', 'Code', 'Ce que cela veut dire'],
      ['exe', '0', 'Fait. Si comptoir.json a des fautes, elles sont dites.'],
      ['exe', '32', "Comptoir est ouvert : rien n'a changé."],
      [
        'exe',
        '87',
        "Option inconnue ou fausse : rien n'a changé, sauf si elle dit que le programme est copié.",
      ],
      ['exe', '112', "Disque plein : rien n'a changé."],
      ['exe', '1150', "Windows est trop ancien : rien n'a changé."],
      ['exe', '1603', "Pas fini : la raison dit ce qu'il faut corriger avant de relancer."],
      ['exe', '1638', "Une version plus récente, ou le msi, est déjà là : rien n'a changé."],
      ['msi', '0', 'Fait. 3010 : fait, redémarrez le poste.'],
      ['msi', '1603', "Refusé ou pas fini : la raison est dans le journal de `/l*v`. Rien n'a changé."],
      [
        'deb',
        '100',
        'Refusé par `apt-get`, pour une raison dite au-dessus : Comptoir ouvert, version plus récente, disque plein.',
      ],
      ['`prepare`', '0', 'Fait.'],
      ['`prepare`', '1', "Vous n'êtes pas administrateur."],
      ['`prepare`', '64', "Option inconnue ou fausse : rien n'a été écrit."],
      ['`prepare`', '74', 'Disque plein, ou droits refusés par le système.'],
      [
        '`prepare`',
        '78',
        "comptoir.json a des fautes, qui sont dites. Celui de `--config` n'est pas posé ; celui qui était là reste, et le reste est fait.",
      ],
    ),
    text(
      "L'exe écrit ce qu'il dit dans `C:\\ProgramData\\Comptoir\\installation.log` ; avant que ce dossier existe, dans `%TEMP%\\comptoir-installation.log`.",
    ),
  ),
  section(
    'Ce que Comptoir installé refuse',
    points(
      `Les options qui ouvriraient le programme à d'autres (${named(refusedSwitches)}…) : il le dit, et s'arrête avec le code 64. Enlevez-les du raccourci.`,
      'De même, les variables `ELECTRON_ENABLE_LOGGING` et `NODE_DEBUG`, qui feraient écrire ce que disent les pages et le réseau.',
      `Sont admises : ${named(admittedSwitches)}.`,
      '`COMPTOIR_CONFIG` et `COMPTOIR_DATA_DIR` sont ignorées, et un service Pro Santé Connect en `http` est une faute.',
      "Un deuxième Comptoir dans la même session ramène le premier devant. Les rapports d'incident restent sur le poste.",
    ),
  ),
  section(
    "Listes d'autorisation et antivirus",
    points(
      'AppLocker, App Control (WDAC) : une règle par éditeur suffit ; le programme, sa console et ses bibliothèques sont signés du même nom, dans un dossier que seuls les administrateurs écrivent.',
      "Rien n'est jamais exécuté depuis les données ni depuis le profil d'un utilisateur.",
      "Comptoir ne demande aucune exclusion d'antivirus.",
      'Réseau : HTTPS vers le service de `psc.discoveryUrl`, les modules et `updates.url`, par `network.proxy` au besoin. En écoute, sur ce poste seulement : un port de `psc.redirectUris` pendant une identification, et un autre pour les modules à qui la session est donnée.',
    ),
  ),
  section(
    'La console de Windows',
    text(
      'Les commandes passent par `comptoir.exe`, qui rend leurs lignes et leur code de sortie ; `Comptoir.exe`, lui, ouvre les fenêtres :',
    ),
    code('& "C:\\Program Files\\Comptoir\\bin\\comptoir.exe" --diagnostic'),
    text('Pour écrire seulement `comptoir`, une fois par console :'),
    code("$env:PATH = 'C:\\Program Files\\Comptoir\\bin;' + $env:PATH"),
    text('PowerShell lit et écrit autrement les accents. Avant un `|` ou un `>`, une fois par console :'),
    code(
      '$OutputEncoding = [Console]::InputEncoding = [Console]::OutputEncoding = [Text.UTF8Encoding]::new()',
    ),
  ),
  section(
    "Paquets d'essai, composants et licences",
    points(
      "Un paquet d'essai porte ce nom dans chaque titre de fenêtre et dans `--version`. Il obéit à des variables d'environnement et accepte `http` : ne l'installez pas dans une officine.",
      'Chaque paquet contient la liste de ses composants, `resources/sbom.cdx.json` (CycloneDX), et leurs licences, `resources/licences.txt` ; [[about]] les montre.',
      'Les versions de tous les composants sont fixées : la même version de Comptoir contient toujours les mêmes.',
    ),
  ),
]
