import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ComponentFault, shippedComponents, type Component, type Shipped } from './components.ts'
import type { WholeProgram } from './sbom.ts'
import { root as checkout } from '../bootstrap/places.mjs'
import { componentTexts as texts } from '../../renderer/ui/texts/components.ts'
import type { ShippedComponent } from '../../electron/ipc/component-views.ts'

/** Shipped with Electron, whose every part it names. */
const chromiumFile = 'LICENSES.chromium.html'

/** What may be shipped inside a free program under the MIT licence by adding the licence's text, and nothing else. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'OFL-1.1',
  'blessing',
])

/**
 * Writes the licences of what is shipped into `folder`, for people, as licences.txt; returns where.
 * @throws {ComponentFault} a component has no licence text, or a licence that is not allowed: its name is in the message
 */
export function writeLicences(folder: string, shipped: WholeProgram): string {
  return write(folder, 'licences.txt', asText(licensedComponents(shipped)))
}

/**
 * Writes the same for « À propos », into the folder of a build; the program that runs adds its own versions.
 * @throws {ComponentFault} as `writeLicences` does
 */
export function writeComponents(folder: string, shipped: Omit<Shipped, 'runtime'>): string {
  const components = licensedComponents({ ...shipped, runtime: null })
  return write(folder, 'components.json', `${JSON.stringify(components)}\n`)
}

function write(folder: string, name: string, content: string): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

/** What is shipped, each with the words of its licence, by name. */
export function licensedComponents(shipped: Shipped): ShippedComponent[] {
  const root = shipped.root ?? checkout
  return shippedComponents(shipped)
    .map((component) => {
      const { name, version, licence, runtime } = component
      if (!allowed.has(licence)) throw new ComponentFault(`${name}: licence ${licence} is not allowed`)
      return { name, version, licence, runtime, text: wordsOf(root, component) }
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** A licence, and what goes with it: notices, and the licences of what the package took from others. */
const licenceName = /^(?:licen[cs]e|copying|notice|copyright|third[-_ ]party)/iu

function wordsOf(root: string, { name, words }: Component): string {
  switch (words.kind) {
    case 'files': {
      const found = words.folders
        .map((folder) => filesIn(join(root, folder)))
        .find((files) => files.length > 0)
      if (found === undefined) throw new ComponentFault(`${name}: no licence file in its package`)
      return found.map((file) => plain(readFileSync(file, 'utf8'))).join('\n\n')
    }
    case 'comment': {
      const first = /^\/\*(?<comment>.*?)\*{20,}/su.exec(readFileSync(join(root, words.file), 'utf8'))
      const comment = first?.groups?.['comment']
      if (comment === undefined) throw new ComponentFault(`${name}: ${words.file} has no licence`)
      return plain(comment.replaceAll(/^\*\* ?/gmu, ''))
    }
    case 'chromium':
      return texts.elsewhere(chromiumFile)
    default:
      return words satisfies never
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return names
    .map((entry) => entry.name)
    .filter((name) => licenceName.test(name))
    .sort()
    .map((name) => join(folder, name))
}

function plain(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/u, '')
    .trim()
}

function asText(components: readonly ShippedComponent[]): string {
  const rule = '='.repeat(80)
  const parts = components.map(
    ({ name, version, licence, text }) => `${rule}\n${name} ${version} (${licence})\n${rule}\n\n${text}\n`,
  )
  return `\uFEFF${texts.fileTitle}\n\n${texts.fileIntro}\n\n${parts.join('\n')}`
}
