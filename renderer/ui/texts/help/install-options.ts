import type { InstallOptionName } from '../../../../electron/settings/install-options.ts'
import { keysOf } from '../../keys.ts'
import { points, section, table, text } from './article.ts'

/** What each option of the installers is for, with a value that they take. A test compares them with the options. */
export const optionRows: Readonly<
  Record<InstallOptionName, { readonly does: string; readonly example: string }>
> = {
  config: {
    does: "Un comptoir.json tout fait, copié si le poste n'en a pas.",
    example: 'C:\\deploiement\\comptoir.json',
  },
  host: {
    does: "Le serveur d'identité de l'éditeur ou du groupement, avec son port s'il n'est pas 443.",
    example: 'sso.example',
  },
  realm: { does: 'Le domaine (realm) sur ce serveur. Sans elle : `officine`.', example: 'officine' },
  client: { does: 'Le client déclaré sur ce serveur. Sans elle : `comptoir`.', example: 'comptoir' },
  pharmacy: { does: "Le nom de l'officine.", example: 'PHARMACIE DU TEST' },
  finess: { does: "Le numéro FINESS de l'officine, neuf signes.", example: '750000000' },
  workstation: { does: "Le nom du poste. Sans elle : celui de l'ordinateur.", example: 'Comptoir 2' },
  support: { does: "Le nom de l'assistance, écrit dans chaque fenêtre d'aide.", example: 'Informatique SA' },
  phone: { does: "Le téléphone de l'assistance.", example: '01 99 00 12 34' },
  'code-file': {
    does: "Le fichier dont la première ligne est le code d'installation du premier titulaire.",
    example: 'C:\\deploiement\\code.txt',
  },
}

/** How NSIS and msiexec spell an option. A test compares it with the table of the options. */
export function installerName(option: InstallOptionName): string {
  return option.replaceAll('-', '').toUpperCase()
}

export const optionsSection = section(
  'Les options',
  text(
    'Les mêmes partout : `/HOST=valeur` pour l\'exe, `HOST=valeur` pour le msi, `--host valeur` pour `comptoir prepare`. Une valeur qui contient une espace est entre guillemets droits : `/PHARMACY="PHARMACIE DU TEST"`.',
  ),
  table(
    ['exe, msi', '`prepare`', "Ce qu'elle règle", 'Exemple'],
    ...keysOf(optionRows).map((option) => [
      `\`${installerName(option)}\``,
      `\`--${option}\``,
      optionRows[option].does,
      `\`${optionRows[option].example}\``,
    ]),
  ),
  points(
    "`CONFIG` ne va avec aucune autre que `CODEFILE` : son fichier dit tout. `REALM` et `CLIENT` ne vont qu'avec `HOST`.",
    'Un fichier se nomme par son chemin complet.',
    "Une option inconnue ou fausse arrête l'installation avant toute écriture, et chaque faute est dite.",
    'Les guillemets, `%`, `^`, crochets et accolades sont refusés dans les valeurs : aucune ne peut devenir un ordre pour Windows.',
  ),
)
