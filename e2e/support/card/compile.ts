import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../../../scripts/bootstrap/command.mjs'
import { cached, root } from '../../../scripts/bootstrap/places.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
/** pkcs11js ships the OASIS headers. */
const flags = [
  '-std=gnu17',
  '-O2',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-fPIC',
  '-fvisibility=hidden',
  '-shared',
  `-I${join(root, 'node_modules/pkcs11js/includes')}`,
]

/**
 * The shared library of that name, compiled from sources of this folder: once for each content of theirs.
 * @param definitions macros, `NAME=VALUE`
 */
export async function compile(
  name: string,
  sources: readonly string[],
  definitions: readonly string[] = [],
): Promise<string> {
  const macros = definitions.map((definition) => `-D${definition}`)
  const hash = createHash('sha256').update([...flags, ...macros].join('\n'))
  for (const source of sources) hash.update(await readFile(join(here, source)))
  const folder = await cached(`${name}-${hash.digest('hex').slice(0, 12)}`, async (empty) => {
    const units = sources.filter((source) => source.endsWith('.c')).map((source) => join(here, source))
    await run('gcc', [...flags, ...macros, '-o', join(empty, name), ...units, '-ldl'])
  })
  return join(folder, name)
}
