import { posix, win32 } from 'node:path'
import { inspectLibrary, type LibraryFile } from './binary-file.ts'
import { placesOf, type Workstation } from './cryptolib-places.ts'
import { productVersion } from './product-version.ts'
import { registryOf } from './registry.ts'
import { runOn, type Environment, type Run } from './run-program.ts'
import type { UnusableReason } from './states.ts'

export type Found =
  /** A library that this process can load: nothing of it has been run yet. */
  | {
      readonly kind: 'found'
      readonly path: string
      readonly bits: 32 | 64
      /** `5.2.2`, where the system tells it. */
      readonly productVersion: string | null
    }
  | { readonly kind: 'missing'; readonly looked: readonly string[] }
  | { readonly kind: '32-bit-only'; readonly path: string }
  | { readonly kind: 'unusable'; readonly path: string; readonly reason: UnusableReason }

export type Search = {
  readonly platform: string
  readonly env: Environment
  /** `card.modulePath` of the settings: alone when given. */
  readonly configured: string | null
  /** The processor of the process that is to load it; this one's. */
  readonly arch?: string
  readonly run?: Run
  /** Where a path of that workstation is on this one; itself. */
  readonly locate?: Workstation['locate']
}

type Candidate = { readonly path: string; readonly file: LibraryFile }

/**
 * Finds Cryptolib: `configured`, else the first library of this workstation that this process can load. Where there is
 * none, what is told is what the first file that is there is instead. Paths come back absolute: the loader would look
 * for a bare name elsewhere. Never rejects; takes some milliseconds, and no more than some seconds.
 */
export async function findCryptolib(search: Search): Promise<Found> {
  const { platform, env, configured, arch = process.arch, locate = (path) => path } = search
  const run = search.run ?? runOn(platform, env)
  const registry = platform === 'win32' ? registryOf(env, run) : null
  const version = productVersion(platform, run, registry)

  const paths =
    configured === null
      ? await placesOf({ platform, arch, env, registry, locate })
      : [(platform === 'win32' ? win32 : posix).resolve(configured)]
  const candidates = await Promise.all(
    paths.map(async (path) => ({ path, file: await inspectLibrary(locate(path), { platform, arch }) })),
  )
  return found(candidates, version)
}

async function found(candidates: readonly Candidate[], version: Promise<string | null>): Promise<Found> {
  const there = candidates.filter(({ file }) => file.kind !== 'missing')
  const { path, file } = there.find(({ file }) => file.kind === 'library') ?? there[0] ?? nothing
  switch (file.kind) {
    case 'library':
      return { kind: 'found', path, bits: file.bits, productVersion: await version }
    case '32-bit':
      return { kind: '32-bit-only', path }
    case 'missing':
      return { kind: 'missing', looked: candidates.map(({ path }) => path) }
    case 'unreadable':
    case 'directory':
    case 'not-a-library':
    case 'other-architecture':
      return { kind: 'unusable', path, reason: file.kind }
    default:
      return file
  }
}

const nothing: Candidate = { path: '', file: { kind: 'missing' } }
