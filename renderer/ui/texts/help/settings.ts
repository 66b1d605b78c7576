import {
  type Article,
  code,
  type HelpSection,
  info,
  opening,
  picture,
  points,
  section,
  steps,
  table,
  text,
} from './article.ts'

/** A key of comptoir.json. `value`: its default as it is written there; `needed`: it must be given, with what it is in. */
export type SettingsKey = {
  readonly key: string
  readonly value: { readonly default: string } | 'needed' | 'none'
  readonly about: string
}
/** One of the parts of comptoir.json. */
export type SettingsPart = {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly keys: readonly SettingsKey[]
}

/** « Réglages : comptoir.json »: how it is written, then every key that `parts` has. */
export function settingsHelp(parts: readonly SettingsPart[]): Article {
  return [
    opening(
      text(
        "Tous les réglages de Comptoir sont dans un fichier, comptoir.json, que seuls les administrateurs écrivent. Ce qui n'y est pas garde sa valeur par défaut : un fichier vide (`{}`) est juste, et l'absence de fichier aussi.",
      ),
    ),
    section(
      'Changer un réglage',
      steps(
        "Ouvrez comptoir.json en tant qu'administrateur, avec un éditeur de texte. Son emplacement : [[install]].",
        'Changez la valeur. Un texte est entre guillemets, une liste entre crochets ; une virgule sépare deux réglages.',
        'Enregistrez en UTF-8, puis vérifiez :',
      ),
      code('comptoir --check-config'),
      points(
        "Comptoir suit le fichier pendant qu'il tourne : il prend en compte les modules, la session, l'identification, `card.onRemoval`, l'officine, le poste, l'assistance et le journal, et le dit.",
        'Attendent le prochain démarrage, comme marqué ci-dessous : la base et les sauvegardes, le réseau, Pro Santé Connect, les mises à jour, `card.enabled` et `card.modulePath`.',
        "Un fichier devenu faux pendant qu'il tourne est laissé de côté : Comptoir garde les réglages qu'il avait, et le dit.",
        'Une clé inconnue est une faute : Comptoir propose le nom le plus proche.',
      ),
      code(
        '{',
        '  "$schema": "./comptoir.schema.json",',
        '  "pharmacy": { "name": "PHARMACIE DU TEST" },',
        '  "support": { "name": "Informatique SA", "phone": "01 99 00 12 34" },',
        '  "modules": [',
        '    {',
        '      "id": "ventes",',
        '      "label": "Ventes",',
        '      "shortcut": "F2",',
        '      "access": "operator",',
        '      "launch": { "kind": "program", "command": "C:\\\\Ventes\\\\ventes.exe" }',
        '    }',
        '  ]',
        '}',
      ),
      info('Avec `$schema`, un éditeur propose les clés et explique chacune.'),
    ),
    section(
      "Choisir le raccourci d'identification",
      points(
        'Une touche de F2 à F24 seule, sauf F12 et celles des modules ; ou une autre touche avec deux de Ctrl, Alt et Maj : `"Ctrl+Maj+O"`, `"Ctrl+Alt+Espace"`.',
        'Les touches se nomment comme sur le clavier : Espace, Entrée, Échap, Suppr, Inser, Début, Fin, Page haut, Page bas, Haut, Bas, Gauche, Droite.',
        'Sont refusées : la touche Windows, AltGr, et ce que Windows se garde ou qui tape un signe (Ctrl+Alt+E tape €).',
        "Un autre programme l'a déjà pris ? Comptoir le dit : choisissez-en un autre.",
      ),
    ),
    section(
      '« Réglages à corriger »',
      text(
        "Un fichier faux empêche de démarrer : rien n'est deviné. La fenêtre nomme chaque faute par son chemin, dit ce qui a été trouvé et ce qui était attendu. Le code de sortie est 78.",
      ),
      picture('settings'),
      steps(
        'Corrigez toutes les fautes du fichier.',
        '« Réessayer ». « Copier » garde la liste pour votre assistance.',
      ),
    ),
    ...parts.map(partSection),
  ]
}

function partSection({ name, title, about, keys }: SettingsPart): HelpSection {
  return section(
    `${title} : ${name}`,
    ...(about === '' ? [] : [text(about)]),
    ...(keys.length === 0
      ? []
      : [
          table(
            ['Réglage', 'Par défaut', "Ce que c'est"],
            ...keys.map(({ key, value, about: meaning }) => [`\`${key}\``, valueText(value), meaning]),
          ),
        ]),
  )
}

function valueText(value: SettingsKey['value']): string {
  if (value === 'needed') return 'à donner'
  return value === 'none' ? 'aucun' : `\`${value.default}\``
}
