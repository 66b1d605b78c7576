import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root as checkout } from '../../bootstrap/places.mjs'
import { buildProgram, putProgram } from './archive.ts'
import { comptoir, linesOf, program } from './program.ts'
import type { Proof } from './proof.ts'
import type { Root } from './root.ts'

const faulty = '/tmp/faulty.json'
const overHttp = '/tmp/http.json'
const elsewhere = { COMPTOIR_CONFIG: faulty, COMPTOIR_DATA_DIR: '/tmp/elsewhere' }

/**
 * What a package for users refuses and a test package allows: the same sources, built without the mark, in the place of
 * the archive of a root that is thrown away. It is never a package.
 */
export async function proveReleased({ that, note }: Proof, root: Root, scratch: string): Promise<void> {
  const issuer = 'http://sso.officine.test/realms/officine'
  const psc = { issuer, discoveryUrl: `${issuer}/.well-known/openid-configuration`, clientId: 'comptoir' }
  await writeFile(root.path(faulty), '{ "session": { "maxHours": 0 } }')
  await writeFile(root.path(overHttp), JSON.stringify({ psc }))
  const check = (...words: readonly string[]) =>
    comptoir(root, ['--check-config', ...words], { user: 'officine', env: elsewhere })
  const operators = async () =>
    (await comptoir(root, ['operators', 'list', '--json'], { env: elsewhere })).out.trim()

  await that('a test package follows COMPTOIR_CONFIG and COMPTOIR_DATA_DIR, and accepts http', async () => {
    assert.equal((await check()).code, 78)
    assert.equal((await check(overHttp)).code, 0)
    assert.notEqual(await operators(), await ownOperators(root))
  })
  const archive = root.path(`${program}/resources/app.asar`)
  const kept = await readFile(archive)
  await that('what users get ignores both', async () => {
    const built = join(scratch, 'released')
    await buildProgram(checkout, false, '--out', built)
    await putProgram(archive, { built, scratch })
    assert.equal((await check()).code, 0)
    assert.equal(await operators(), await ownOperators(root))
  })
  await that('… and refuses an http issuer (78)', async () => {
    const { code, errors } = await check(overHttp)
    const lines = linesOf(errors)
    note(lines.join(' '))
    assert.equal(code, 78)
    assert.ok(lines.some((line) => line.startsWith('psc.issuer')))
  })
  await that('… and does not say that it is a test package', async () => {
    assert.doesNotMatch((await comptoir(root, ['--version'], { user: 'officine' })).out, /essai/u)
  })
  await writeFile(archive, kept)
}

async function ownOperators(root: Root): Promise<string> {
  return (await comptoir(root, ['operators', 'list', '--json'])).out.trim()
}
