import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

/** What Electron is made of, as it tells itself in `process.versions`. */
const runtimeVersions = z.object({
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  v8: z.string(),
})
export type RuntimeVersions = z.infer<typeof runtimeVersions>

/** A runtime that does not start is not waited for. In milliseconds. */
const patienceMs = 30_000

/** Asks an Electron that has no program in it what it is made of. It needs no display: it is over before it draws. */
export async function runtimeVersionsOf(executable: string): Promise<RuntimeVersions> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-versions-'))
  try {
    await writeFile(join(folder, 'package.json'), '{ "name": "versions", "main": "main.cjs" }\n')
    await writeFile(
      join(folder, 'main.cjs'),
      'require("node:fs").writeSync(1, JSON.stringify(process.versions))\nprocess.exit(0)\n',
    )
    // As root, on machines of test, Chromium refuses to start with its sandbox.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const { stdout } = await promisify(execFile)(executable, [...asRoot, folder], { timeout: patienceMs })
    return runtimeVersions.parse(JSON.parse(stdout))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
