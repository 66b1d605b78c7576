import type { VersionsView } from '../../../electron/ipc/component-views.ts'
import type { Edition } from '../../../electron/settings/edition.ts'
import { fr } from './french.ts'

/** « À propos »: the versions, and what others made of the program. */
export const aboutTexts = {
  versions: 'Versions',
  copy: 'Copier les versions',
  copied: 'Copiées',
  components: 'Composants tiers',
  /** Above their list. */
  counted: (count: number) =>
    fr(`Comptoir contient ${count} composants faits par d'autres. Ouvrez-en un pour lire sa licence.`),
  files: (sbom: string, licences: string) =>
    fr(
      `La même liste accompagne le programme : ${sbom} pour les outils (CycloneDX), ${licences} pour les lire.`,
    ),
  noFiles: fr('Un programme installé les a aussi dans deux fichiers : sbom.cdx.json et licences.txt.'),
} as const

const editionNames: Record<Edition, string> = {
  development: 'développement, à partir des sources',
  'test-package': "paquet d'essai",
  installed: 'installée',
}

/** Each version by its name, in the order in which it is asked for. */
export function versionRows(versions: VersionsView): readonly (readonly [name: string, value: string])[] {
  const { comptoir, edition, electron, chromium, node, sqlite } = versions
  return [
    ['Comptoir', comptoir],
    ['Édition', editionNames[edition]],
    ['Electron', electron],
    ['Chromium', chromium],
    ['Node.js', node],
    ['SQLite', sqlite],
  ]
}

/** What is copied, a line each. */
export function versionsAsText(versions: VersionsView): string {
  return versionRows(versions)
    .map(([name, value]) => fr(`${name} : ${value}`))
    .join('\n')
}
