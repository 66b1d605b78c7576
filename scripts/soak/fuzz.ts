import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../bootstrap/places.mjs'

/**
 * Plays the story of `npm test` with `count` payloads to each call of each real page instead of a hundred. Rejects when it
 * fails, once Playwright has said why.
 */
export async function fuzzPages({
  count,
  seed,
}: {
  count: number
  seed: number
}): Promise<{ seconds: number }> {
  const begun = performance.now()
  const story = spawn(
    process.execPath,
    [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=line', 'e2e/fuzzing.spec.ts'],
    {
      cwd: root,
      env: { ...process.env, COMPTOIR_FUZZ: String(count), COMPTOIR_SEED: String(seed) },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const [code] = await once(story, 'close')
  if (code !== 0) throw new Error(`the fuzzing of pages by seed ${seed} failed`)
  return { seconds: (performance.now() - begun) / 1000 }
}
