import { join } from 'node:path'
import type { z } from 'zod'
import type { settingsSchema } from '../../electron/settings/schema.ts'
import { electronArguments } from '../electron-arguments.ts'
import { pharmacy } from './team.ts'

/** comptoir.json as one writes it: what is left out takes its default. */
type WrittenSettings = z.input<typeof settingsSchema>
type WrittenLaunch = NonNullable<WrittenSettings['modules']>[number]['launch']

/** Where the demonstration is, what its programs run on and where its pages are served. */
export type Surroundings = {
  readonly folder: string
  readonly electron: string
  readonly pagesUrl: string
  /** The Pro Santé Connect simulator; null: Pro Santé Connect is off. */
  readonly psc: Provider | null
  /** `card` in comptoir.json; left out, this machine's own readers and Cryptolib. */
  readonly card?: NonNullable<WrittenSettings['card']>
}

/** What of an OpenID provider the settings name. */
export type Provider = { readonly discoveryUrl: string; readonly issuer: string }

const sampleModule = join(import.meta.dirname, 'sample-module')

/** The demonstration's comptoir.json: a module of each kind, of each access, one for some roles only. */
export function demonstrationSettings(surroundings: Surroundings): WrittenSettings {
  const page = (name: string): string => new URL(name, surroundings.pagesUrl).href
  return {
    pharmacy: { name: pharmacy },
    workstation: { name: 'Poste 1' },
    // 01 99 00 is the range that the regulator keeps for fiction: nobody is called.
    support: { name: 'Assistance du test', phone: '01 99 00 12 34' },
    ...(surroundings.psc === null ? {} : { psc: simulatedPsc(surroundings.psc) }),
    ...(surroundings.card === undefined ? {} : { card: surroundings.card }),
    modules: [
      {
        id: 'ventes',
        label: 'Ventes',
        shortcut: 'F2',
        access: 'operator',
        launch: sampleProgram('ventes', 'Ventes', surroundings),
      },
      {
        id: 'stock',
        label: 'Stock',
        shortcut: 'F3',
        access: 'operator',
        launch: sampleProgram('stock', 'Stock', surroundings),
      },
      {
        id: 'documentation',
        label: 'Documentation',
        shortcut: 'F4',
        access: 'operator',
        launch: { kind: 'window', url: page('documentation') },
      },
      {
        id: 'planning',
        label: 'Planning',
        shortcut: 'F5',
        access: 'operator',
        roles: ['titulaire', 'adjoint'],
        launch: { kind: 'window', url: page('planning') },
      },
      {
        id: 'interactions',
        label: 'Interactions',
        shortcut: 'F6',
        access: 'none',
        launch: { kind: 'window', url: page('interactions') },
      },
      {
        id: 'dossier-patient',
        label: 'Dossier patient',
        shortcut: 'F7',
        access: 'operator',
        launch: { kind: 'browser', url: page('dossier-patient') },
      },
      {
        id: 'dmp',
        label: 'DMP',
        shortcut: 'F8',
        access: 'psc',
        launch: { kind: 'browser', url: page('dmp') },
      },
      {
        id: 'ordonnances',
        label: 'Ordonnances',
        shortcut: 'F9',
        access: 'psc',
        launch: { kind: 'window', url: page('ordonnances') },
      },
    ],
  }
}

/** A public client, as behind a broker; but the simulator answers as PSC itself, which the settings vouch for. */
function simulatedPsc({ discoveryUrl, issuer }: Provider): NonNullable<WrittenSettings['psc']> {
  return { discoveryUrl, issuer, clientId: 'comptoir', authTimeIsFromPsc: true, acrIsFromPsc: true }
}

/** Each program has a profile of its own: one Chromium profile cannot serve two processes. */
function sampleProgram(id: string, label: string, { folder, electron }: Surroundings): WrittenLaunch {
  return {
    kind: 'program',
    command: electron,
    args: [
      sampleModule,
      `--module-label=${label}`,
      `--user-data-dir=${join(folder, `profil-${id}`)}`,
      ...electronArguments(),
    ],
  }
}
