import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Handlers } from '../ipc/answer.ts'
import { shippedComponent, type AboutView } from '../ipc/component-views.ts'
import { isInstalled, type Edition } from '../settings/edition.ts'
import { versionsAsText } from '../../renderer/ui/texts/about.ts'

type Parts = {
  /** What the build has made: it tells what it is made of. */
  readonly dist: string
  readonly version: string
  readonly edition: Edition
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => void
  /** Where an installed program keeps what is beside it. */
  readonly resources?: string
  /** Electron's, and of what it is made. */
  readonly versions?: Readonly<Record<string, string | undefined>>
}

/** « À propos »: everything is read when it is asked for. */
export function createAbout(parts: Parts): Pick<Handlers, 'readAbout' | 'copyVersions'> {
  return {
    readAbout: () => aboutOf(parts),
    copyVersions: async () => parts.copy(versionsAsText((await aboutOf(parts)).versions)),
  }
}

async function aboutOf({ dist, version, edition, resources, versions }: Parts): Promise<AboutView> {
  const known = versions ?? process.versions
  const written: unknown = JSON.parse(await readFile(join(dist, 'components.json'), 'utf8'))
  const components = z.array(shippedComponent).parse(written)
  const { electron = '—', chrome = '—', node = '—' } = known
  return {
    versions: {
      comptoir: version,
      edition,
      electron,
      chromium: chrome,
      node,
      sqlite: components.find(({ name }) => name === 'SQLite')?.version ?? '—',
    },
    components: components.map(({ name, version, licence, runtime, text }) => ({
      name,
      version: runtime === null ? version : (known[runtime] ?? '—'),
      licence,
      text,
    })),
    files: isInstalled(edition) ? filesIn(resources ?? process.resourcesPath) : null,
  }
}

function filesIn(folder: string): AboutView['files'] {
  return { sbom: join(folder, 'sbom.cdx.json'), licences: join(folder, 'licences.txt') }
}
