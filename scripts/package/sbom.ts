import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedComponents, type Component, type Shipped } from './components.ts'
import { readLock } from './lock-file.ts'
import type { RuntimeVersions } from './runtime-versions.ts'
import { root as checkout } from '../bootstrap/places.mjs'

/** Its name beside the program. */
export const sbomFile = 'sbom.cdx.json'

/** What is shipped, with all its versions. */
export type WholeProgram = Shipped & { readonly runtime: RuntimeVersions }

/** Writes the list of what is shipped, in CycloneDX 1.6, into `folder`, and returns where. */
export function writeSbom(folder: string, shipped: WholeProgram): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, sbomFile)
  writeFileSync(file, `${JSON.stringify(sbomOf(shipped), null, 2)}\n`)
  return file
}

/**
 * The same for the same lock file and the same build, to the byte: it has no date, and its serial number is made of the
 * rest of it.
 */
export function sbomOf(shipped: WholeProgram) {
  const components = shippedComponents(shipped)
  const version = shipped.version ?? readLock(shipped.root ?? checkout).get('')?.version ?? ''
  const ref = `pkg:generic/comptoir@${version}`
  const needed = new Set(components.flatMap(({ needs }) => needs))
  const direct = components.filter((each) => !needed.has(each.ref)).map((each) => each.ref)
  const content = {
    metadata: {
      component: {
        type: 'application',
        'bom-ref': ref,
        name: 'comptoir',
        version,
        purl: ref,
        licenses: [{ license: { id: 'MIT' } }],
      },
      properties: [{ name: 'comptoir:target', value: `${shipped.target.platform}-${shipped.target.arch}` }],
    },
    components: components.map(entryOf),
    dependencies: [
      { ref, dependsOn: direct },
      ...components.map(({ ref, needs }) => ({ ref, dependsOn: [...needs].sort() })),
    ],
  }
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    version: 1,
    ...content,
  }
}

function entryOf({ ref, kind, name, version, licence, cpe, hash }: Component) {
  const [, group, plain] = /^(?:(?<group>@[^/]+)\/)?(?<name>.+)$/u.exec(name) ?? []
  return {
    type: kind,
    'bom-ref': ref,
    ...(group === undefined ? {} : { group }),
    name: plain ?? name,
    version,
    ...(hash === null ? {} : { hashes: [hash] }),
    licenses: [{ license: { id: licence } }],
    ...(cpe === null ? {} : { cpe }),
    purl: ref,
  }
}

/** A UUID of version 8 (RFC 9562 §5.8), made of a text: the same text has the same. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
}
