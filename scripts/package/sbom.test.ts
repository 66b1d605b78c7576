import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '../bootstrap/places.mjs'
import { readLock } from './lock-file.ts'
import { sbomOf, writeSbom } from './sbom.ts'
import { runtime, shipped } from './testing/shipped.ts'

const folder = mkdtempSync(join(tmpdir(), 'comptoir-sbom-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What CycloneDX 1.6 asks of what we write (its JSON schema, whole, is not on this machine). */
const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u
const licence = z.strictObject({ license: z.strictObject({ id: z.string().regex(/^[\w.-]+$/u) }) })
const cycloneDx = z.strictObject({
  $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  serialNumber: z.string().regex(uuid),
  version: z.literal(1),
  metadata: z.strictObject({
    component: z.strictObject({
      type: z.literal('application'),
      'bom-ref': z.string(),
      name: z.literal('comptoir'),
      version: z.string().min(1),
      purl: z.string(),
      licenses: z.array(licence).length(1),
    }),
    properties: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  }),
  components: z.array(
    z.strictObject({
      type: z.enum(['library', 'framework']),
      'bom-ref': z.string(),
      group: z.string().startsWith('@').optional(),
      name: z.string().min(1),
      version: z.string().min(1),
      hashes: z
        .array(
          z.union([
            z.strictObject({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/u) }),
            z.strictObject({ alg: z.literal('SHA-256'), content: z.string().regex(/^[0-9a-f]{64}$/u) }),
          ]),
        )
        .optional(),
      licenses: z.array(licence).length(1),
      cpe: z.string().startsWith('cpe:2.3:a:').optional(),
      purl: z.string().regex(/^pkg:(?:npm|generic)\/(?:%40[\w-]+\/)?[\w.-]+@[\w.-]+$/u),
    }),
  ),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
})

function hashOf(electron: string) {
  const { components } = sbomOf({ ...shipped, runtime: { ...runtime, electron } })
  return components.find(({ name }) => name === 'electron')?.hashes
}

describe('the SBOM', () => {
  const bom = cycloneDx.parse(JSON.parse(readFileSync(writeSbom(join(folder, 'sbom'), shipped), 'utf8')))
  const refs = bom.components.map((each) => each['bom-ref'])

  it('names each component once, and what it works with among them', () => {
    expect(new Set(refs).size).toBe(refs.length)
    const known = new Set([...refs, bom.metadata.component['bom-ref']])
    expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual([...known].sort())
    for (const { dependsOn } of bom.dependencies) for (const ref of dependsOn) expect(known).toContain(ref)
    const sqlite = bom.dependencies.find(({ ref }) => ref.startsWith('pkg:npm/better-sqlite3@'))?.dependsOn
    expect(sqlite?.some((ref) => ref.startsWith('pkg:generic/sqlite@'))).toBe(true)
  })

  it('has the hash of the very archive of Electron, when it is the pinned one', () => {
    const pinned = readLock(root).get('node_modules/electron')?.version ?? ''
    expect(hashOf(pinned)?.[0]?.alg).toBe('SHA-256')
    expect(hashOf('25.1.1')).toBeUndefined()
  })

  it('is the same for the same program, and has another number for another one', () => {
    expect(sbomOf(shipped)).toEqual(sbomOf({ ...shipped, bundled: shipped.bundled.toReversed() }))
    expect(sbomOf({ ...shipped, version: '9.9.9' }).serialNumber).not.toBe(bom.serialNumber)
    expect(JSON.stringify(bom)).not.toMatch(/timestamp|20\d\d-\d\d-\d\dT/u)
  })
})
