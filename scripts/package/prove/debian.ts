import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cached } from '../../bootstrap/places.mjs'
import { furnish, networkEnvironment, thisMachine, type Machine } from './machine.ts'
import { openRoot, type Root } from './root.ts'
import { must } from './told.ts'

/** The Debians that the proof plays in. */
export type Debians = {
  /** The least there is: what Comptoir needs is what its package brings. */
  readonly openBare: () => Promise<Root>
  /** With a screen, a keyring, and what looks at windows. */
  readonly openDesk: () => Promise<Root>
}

/** What the stories use: a screen, a session, and the road of screen readers, by which windows are read. */
const deskPackages = [
  'xvfb',
  'openbox',
  'xdotool',
  'scrot',
  'dbus',
  'gnome-keyring',
  'desktop-file-utils',
  'at-spi2-core',
  'gir1.2-atspi-2.0',
  'python3-gi',
]
/** Changes when the recipe does. */
const recipe = 1
const long = 1800

/**
 * The Debians, made once and kept with the packages that apt has downloaded: some four minutes the first time.
 * @throws {Error} when one cannot be made
 */
export async function debians(say: (line: string) => void): Promise<Debians> {
  const machine = await thisMachine()
  const folder = await cached(`proof-${machine.release}-${machine.mark}-${recipe}`, async (folder) => {
    say(`Making a scratch Debian ${machine.release}, once`)
    await make(machine, folder)
  })
  const open = (name: 'bare' | 'desk') => () => openRoot({ ...placesIn(folder, name), kept: false })
  return { openBare: open('bare'), openDesk: open('desk') }
}

function placesIn(folder: string, name: string) {
  return { folder: join(folder, name), place: join(folder, 'place'), archives: join(folder, 'archives') }
}

async function make(machine: Machine, folder: string): Promise<void> {
  const bare = placesIn(folder, 'bare')
  const { url, release } = machine.main
  await mkdir(bare.place)
  await mkdir(bare.archives)
  const options = ['--variant=minbase', '--include=iproute2', release, bare.folder, url]
  // In a namespace of its own: it mounts.
  await must(['unshare', '--mount', '--propagation', 'private', 'debootstrap', ...options], { seconds: long })
  await furnish(machine, bare.folder)
  await inside(bare, async (root) => {
    for (const user of ['officine', 'stagiaire']) await root.must(['useradd', '--create-home', user])
    await apt(root, 'update')
  })
  const desk = placesIn(folder, 'desk')
  await must(['cp', '-a', bare.folder, desk.folder], { seconds: long })
  await inside(desk, (root) => apt(root, 'install', ...deskPackages))
}

async function inside(
  places: ReturnType<typeof placesIn>,
  work: (root: Root) => Promise<unknown>,
): Promise<void> {
  const root = await openRoot({ ...places, kept: true })
  try {
    await work(root)
  } finally {
    await root.close()
  }
}

/** Runs apt-get in a root, on the machine's network; resolves to what it said. */
export function apt(root: Root, ...words: readonly string[]): Promise<string> {
  return root.must(['apt-get', '-qy', ...words], aptOptions)
}

/** How apt runs there: it asks nothing. */
export const aptOptions = {
  network: true,
  seconds: long,
  env: { DEBIAN_FRONTEND: 'noninteractive', ...networkEnvironment() },
}
