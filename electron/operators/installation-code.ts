import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { hashText, isHashOf } from '../argon2id.ts'

/**
 * The one-time code that the installer of a workstation was given: with it, somebody who is no administrator may create
 * the first titulaire. Only its hash is kept, beside comptoir.json, where administrators write and everybody reads.
 */
export type InstallationCode = Readonly<z.infer<typeof stored>>

const stored = z.strictObject({
  version: z.literal(1),
  hash: z.string().startsWith('$argon2id$'),
  /** It proves nothing from this instant on. */
  until: z.iso.datetime(),
})

const fileName = 'code-titulaire.json'
const validMs = 30 * 24 * 3600 * 1000
const form = /^[A-Z0-9]{12,64}$/u

/**
 * What a scorer estimates of a code that was drawn: 12 letters and digits come to 40 bits, « COMPTOIR2026 » to 21. argon2id
 * makes each guess cost 64 MiB and a tenth of a second.
 */
export const drawnBits = 36

/** Whether it is written as a code: 12 to 64 letters or digits, spaces and hyphens left out. */
export function isCode(typed: string): boolean {
  return form.test(normalise(typed))
}

/**
 * Keeps the hash of `code` in `folder`, in the place of any other, for 30 days from `now`. On the disk when it resolves;
 * rejects with Node's error, and then what was there is as it was.
 */
export async function writeInstallationCode(folder: string, code: string, now: Date): Promise<void> {
  const kept: InstallationCode = {
    version: 1,
    hash: await hashText(normalise(code)),
    until: new Date(now.getTime() + validMs).toISOString(),
  }
  const unfinished = join(folder, `${fileName}.${randomUUID()}`)
  try {
    const file = await open(unfinished, 'wx', 0o644)
    try {
      // Whatever the umask of the installer's shell: whoever types the code reads this.
      if (process.platform !== 'win32') await file.chmod(0o644)
      await file.writeFile(`${JSON.stringify(kept)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, join(folder, fileName))
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** The code that is kept in `folder`; null: there is none, or what is there is not one. Never rejects. */
export async function readInstallationCode(folder: string): Promise<InstallationCode | null> {
  try {
    return stored.parse(JSON.parse(await readFile(join(folder, fileName), 'utf8')))
  } catch {
    return null
  }
}

/** Whether a code may still be used at `now`. */
export function isCurrent({ until }: InstallationCode, now: Date): boolean {
  return now.getTime() < Date.parse(until)
}

/** Whether `typed` is the code that is kept, and may still be used at `now`. Never rejects. */
export async function provesInstallation(code: InstallationCode, typed: string, now: Date): Promise<boolean> {
  if (!isCurrent(code, now) || !isCode(typed)) return false
  return isHashOf(code.hash, normalise(typed)).catch(() => false)
}

/** As it is read over the telephone: « abcd-1234 efgh » is `ABCD1234EFGH`. */
function normalise(code: string): string {
  return code.toUpperCase().replaceAll(/[\s\u2010-\u2015-]/gu, '')
}
