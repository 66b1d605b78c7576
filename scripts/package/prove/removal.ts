import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { apt } from './debian.ts'
import { install, type Deb } from './install.ts'
import { importOperators, team, verifyJournal } from './people.ts'
import { dataFolder, executable, settingsFile } from './program.ts'
import type { Proof } from './proof.ts'
import type { Root } from './root.ts'
import { differencesBetween, isBookkeeping, snapshotOf } from './snapshot.ts'
import { must } from './told.ts'

const settings = '{ "pharmacy": { "name": "PHARMACIE DU TEST" } }\n'

/** Removed, installed again, purged: what stays, and what does not. On a system that has what the package needs. */
export async function proveRemoval({ that, note }: Proof, root: Root, deb: Deb): Promise<void> {
  const needed = await must(['dpkg-deb', '--field', deb.file, 'Depends'])
  await apt(root, 'satisfy', needed.trim())
  const before = await snapshotOf(root)
  await install(root, deb)
  await importOperators(root)
  await writeFile(root.path(settingsFile), settings)
  const people = await team(root)

  await that('removing it takes the program away, and leaves settings and data', async () => {
    await apt(root, 'remove', deb.name)
    assert.notEqual((await root.run(['test', '-e', executable])).code, 0)
    assert.notEqual((await root.run(['sh', '-c', 'command -v comptoir'])).code, 0)
    assert.equal(await readFile(root.path(settingsFile), 'utf8'), settings)
    assert.equal((await root.run(['test', '-s', `${dataFolder}/comptoir.db`])).code, 0)
  })
  await that('installed again, it has its settings, its operators and its journal', async () => {
    await install(root, deb)
    assert.equal(await readFile(root.path(settingsFile), 'utf8'), settings)
    assert.deepEqual(await team(root), people)
    await verifyJournal(root)
  })
  await that('purged, it leaves nothing but the system’s own lists, logs and caches', async () => {
    await apt(root, 'purge', deb.name)
    // The proof's own.
    for (const file of ['comptoir.deb', 'equipe.csv']) await rm(root.path(`/root/${file}`), { force: true })
    const differences = differencesBetween(before, await snapshotOf(root))
    const kept = differences.filter(isBookkeeping)
    const folders = new Set(kept.map(({ path }) => path.split('/').slice(0, 4).join('/')))
    note(`${kept.length} of the system’s own, in ${[...folders].join(', ')}`)
    assert.deepEqual(
      differences.filter((one) => !isBookkeeping(one)).map(({ path, kind }) => `${kind} ${path}`),
      [],
    )
  })
}

/** Purged where windows were open: nothing of its name is left, in anybody's home either. */
export async function proveNothingLeft({ that }: Proof, root: Root, deb: Deb): Promise<void> {
  await that(
    'purged after people have worked with it, it leaves no file of its name, in no home either',
    async () => {
      await apt(root, 'purge', deb.name)
      const own = ['-path', '/proc', '-o', '-path', '/sys', '-o', '-path', '/root/*', '-o', '-path', '/tmp/*']
      const named = await root.must([
        'find',
        '/',
        '(',
        ...own,
        ')',
        '-prune',
        '-o',
        '-iname',
        '*comptoir*',
        '-print',
      ])
      assert.equal(named, '')
    },
  )
}
