// `npm run package -- --prove`: installs the Linux package in scratch Debians, uses it, and proves what README tells of it.

import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root as checkout } from '../../bootstrap/places.mjs'
import { say } from '../../bootstrap/terminal.mjs'
import { electronExecutable } from '../../electron-arguments.ts'
import { proveBadInput } from './bad-input.ts'
import { debians, type Debians } from './debian.ts'
import { proveDesktop } from './desktop.ts'
import { proveFuses } from './fuses.ts'
import { install, proveInstalled, type Deb } from './install.ts'
import { buildPackage, debOf, packageOf, renamedTo } from './packages.ts'
import { createProof, type Proof } from './proof.ts'
import { proveReleased } from './released.ts'
import { proveNothingLeft, proveRemoval } from './removal.ts'
import type { Root } from './root.ts'
import { proveFirstMorning, type Pictures } from './story.ts'
import { proveSwitches } from './switches.ts'
import { proveUpgrade } from './upgrade.ts'

const USAGE = 64
const UNAVAILABLE = 69
const usage = 'npm run package -- --prove [--deb FILE] [--from COMMIT] [--only bare|removal|desk|upgrade]'
const parts = ['bare', 'removal', 'desk', 'upgrade'] as const
type Part = (typeof parts)[number]

/** What is proved, and of what. */
type Work = {
  readonly proof: Proof
  readonly places: Debians
  readonly deb: Deb
  readonly from: string
  readonly scratch: string
  readonly picture: Pictures
}

/**
 * Builds the package, or takes that of `--deb`, and proves it: a line for each thing.
 * @returns the exit code: 1 when something is not so
 */
export async function prove(args: readonly string[]): Promise<number> {
  const asked = readArguments(args)
  if (asked === null) {
    say(usage)
    return USAGE
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    say('The proof makes scratch roots, which only root may do: on a Debian, type the same command as root.')
    return UNAVAILABLE
  }
  const scratch = await mkdtemp(join(tmpdir(), 'comptoir-proof-'))
  // What runs in the roots ends with us, however that is; these files would stay.
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

  const places = await debians(say)
  const deb = asked.deb === undefined ? await buildPackage(join(scratch, 'package')) : await debOf(asked.deb)
  const proof = createProof((line) => console.log(line))
  const work = { proof, places, deb, from: asked.from, scratch, picture: await album() }
  for (const part of asked.parts) {
    // What must be there for the rest was not: the other parts are proved all the same.
    await stories[part](work).catch((error: unknown) =>
      proof.that(`${part}: all of it is looked at`, () => Promise.reject(error)),
    )
  }
  console.log(proof.summary())
  return proof.failed() === 0 ? 0 : 1
}

function readArguments(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        deb: { type: 'string' },
        from: { type: 'string', default: 'HEAD^' },
        only: { type: 'string' },
      },
    })
    const { deb, from, only } = values
    const chosen = parts.filter((part) => only === undefined || part === only)
    if (chosen.length === 0) return null
    return { deb: deb === undefined ? undefined : resolve(deb), from, parts: chosen }
  } catch {
    return null
  }
}

/** Numbered pictures in release/proof, those of the last time gone. */
async function album(): Promise<Pictures> {
  const folder = join(checkout, 'release/proof')
  await rm(folder, { recursive: true, force: true })
  let number = 0
  return (desk, name) => {
    number += 1
    return desk.picture(join(folder, `${String(number).padStart(2, '0')}-${name}.png`))
  }
}

const stories: Record<Part, (work: Work) => Promise<void>> = {
  bare: async ({ proof, places, deb }) =>
    within(await places.openBare(), (root) => proveInstalled(proof, root, deb)),
  removal: async ({ proof, places, deb }) =>
    within(await places.openBare(), (root) => proveRemoval(proof, root, deb)),
  desk: async ({ proof, places, deb, scratch, picture }) =>
    within(await places.openDesk(), async (root) => {
      await install(root, deb)
      await proveDesktop(proof, root)
      await proveFirstMorning(proof, root, picture)
      await proveSwitches(proof, root)
      await proveFuses(proof, root, electronExecutable())
      await proveBadInput(proof, root, { now: deb, older: await renamedTo('0.0.0', deb, scratch) }, picture)
      await proveReleased(proof, root, scratch)
      await proveNothingLeft(proof, root, deb)
    }),
  upgrade: async ({ proof, places, deb, from, scratch }) =>
    within(await places.openBare(), async (root) => {
      await proveUpgrade(proof, root, { before: await packageOf(from, deb, scratch), now: deb }, scratch)
    }),
}

async function within(root: Root, work: (root: Root) => Promise<void>): Promise<void> {
  try {
    await work(root)
  } finally {
    await root.close()
  }
}
