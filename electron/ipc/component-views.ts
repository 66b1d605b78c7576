import * as z from 'zod'
import { editions } from '../settings/edition.ts'

/** A component that others made, as the build tells it (scripts/package/licences.ts). */
export const shippedComponent = z.strictObject({
  name: z.string(),
  /** Empty where the running program itself knows it. */
  version: z.string(),
  /** An SPDX identifier. */
  licence: z.string(),
  /** What `process.versions` calls it. */
  runtime: z.enum(['electron', 'chrome', 'node', 'v8']).nullable(),
  text: z.string(),
})
export type ShippedComponent = z.infer<typeof shippedComponent>

/** The versions that are told over the telephone. */
const versions = z.strictObject({
  comptoir: z.string(),
  edition: z.enum(editions),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  sqlite: z.string(),
})
export type VersionsView = z.infer<typeof versions>

/** « À propos », but for what every page of « Aide » is told. */
export const about = z.strictObject({
  versions,
  components: z.array(shippedComponent.omit({ runtime: true })),
  /** Where the list for machines and the licences are beside the program; null where it was not installed. */
  files: z.strictObject({ sbom: z.string(), licences: z.string() }).nullable(),
})
export type AboutView = z.infer<typeof about>
