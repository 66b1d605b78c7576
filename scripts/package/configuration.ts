import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { root } from '../bootstrap/places.mjs'
import type { Distribution } from './distribution.ts'

/** What differs from electron-builder.yml from one package to the next. */
export interface PackageChoices {
  /** Whether it is a test package, and is marked as such; with an Electron for tests, it always is. */
  readonly marked: boolean
  readonly distribution: Distribution
  /** Folder of the built program. */
  readonly built: string
  /** Folder of the list of components and of their licences. */
  readonly resources: string
  /** Folder of the distribution without its own application. */
  readonly electron: string
  readonly output: string
  readonly version: string | undefined
}

/** The first Electron that has the fuse `grantFileProtocolExtraPrivileges`. */
const FILE_PRIVILEGES_SINCE = 29

/** electron-builder.yml. Its own reader is used, which is electron-builder's. */
export async function publishedConfiguration(): Promise<Configuration> {
  const ofBuilder = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'))
  const yaml: { load: (text: string) => Configuration } = ofBuilder('js-yaml')
  return yaml.load(await readFile(join(root, 'electron-builder.yml'), 'utf8'))
}

/** electron-builder.yml, with the Electron that is at hand. */
export function derivedConfiguration(published: Configuration, choices: PackageChoices): Configuration {
  const { marked, distribution, built, electron, resources, output, version } = choices
  const derived: Configuration = {
    ...published,
    directories: { ...published.directories, output },
    electronDist: electron,
    electronVersion: distribution.version,
    files: filesFrom(published, (file) => (file.from === 'dist' ? { ...file, from: built } : file)),
    extraResources: [
      ...[published.extraResources ?? []].flat(),
      { from: resources, to: '.', filter: ['sbom.cdx.json', 'licences.txt'] },
    ],
    electronFuses: fusesFor(published, distribution),
    extraMetadata: { ...published.extraMetadata, ...(version === undefined ? {} : { version }) },
  }
  const fitting = distribution.test ? withOldRuntime(derived) : derived
  return marked || distribution.test ? markedAsTest(fitting) : fitting
}

/** The fuses of that Electron: one that it does not have yet cannot be set. */
export function fusesFor(published: Configuration, { version }: Distribution) {
  const { grantFileProtocolExtraPrivileges, ...older } = published.electronFuses ?? {}
  return Number.parseInt(version, 10) < FILE_PRIVILEGES_SINCE
    ? older
    : {
        ...older,
        ...(grantFileProtocolExtraPrivileges === undefined ? {} : { grantFileProtocolExtraPrivileges }),
      }
}

type FileSet = Exclude<NonNullable<Configuration['files']>, string | (string | object)[]>

function filesFrom({ files }: Configuration, change: (file: FileSet) => FileSet): (string | FileSet)[] {
  if (!Array.isArray(files)) throw new TypeError('electron-builder.yml: `files` is a list.')
  return files.map((file) => (typeof file === 'string' ? file : change(file)))
}

/** What an Electron for tests needs beside the program, whose Node is too old. */
function withOldRuntime(derived: Configuration): Configuration {
  return {
    ...derived,
    files: [
      ...filesFrom(derived, withCompiledAddon),
      { from: 'scripts/package', to: 'dist/main', filter: ['test-runtime.cjs'] },
    ],
    extraMetadata: { ...derived.extraMetadata, main: 'dist/main/test-runtime.cjs' },
  }
}

/** The better-sqlite3 that the bootstrap compiles for an older Node-API stands in for the shipped one. */
function withCompiledAddon(file: FileSet): FileSet {
  const shipped = /^prebuilds\/\$\{platform\}-\$\{arch\}\.node$/u
  return {
    ...file,
    filter: [file.filter ?? []].flat().map((pattern) => pattern.replace(shipped, 'build/Release/*.node')),
  }
}

/** A package that no pharmacy installs: its name says so, and it takes the place of the real one. */
function markedAsTest(derived: Configuration): Configuration {
  const relations = ['--conflicts', '--replaces', '--provides'].flatMap((option) => [option, 'comptoir'])
  return {
    ...derived,
    linux: {
      ...derived.linux,
      desktop: { entry: { ...derived.linux?.desktop?.entry, Name: "Comptoir (paquet d'essai)" } },
    },
    deb: {
      ...derived.deb,
      packageName: 'comptoir-essai',
      artifactName: 'comptoir-essai_${version}_${arch}.${ext}',
      synopsis: "Paquet d'essai, à ne pas installer dans une officine",
      // Level 6 takes nine times as long, for a tenth less.
      fpm: [...(derived.deb?.fpm ?? []).map(ofTestPackage), ...relations, '--deb-compression-level=1'],
    },
  }
}

/** Documentation is kept under the package's name (Debian policy §12.3). */
function ofTestPackage(argument: string): string {
  return argument.replace('=/usr/share/doc/comptoir/', '=/usr/share/doc/comptoir-essai/')
}
