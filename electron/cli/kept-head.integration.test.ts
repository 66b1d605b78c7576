import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openKeychain, type KeptItem, type Keychain } from '../../native/keychain/secrets.ts'
import {
  startSessionWithKeychain,
  type SessionWithKeychain,
} from '../../native/keychain/testing/secret-service.ts'
import { readHead, resetHead } from '../journal/head.ts'
import { perform, type Program } from './perform.ts'
import { createInstallation, type Installation } from './testing/installation.ts'

const keychain = openKeychain()

let session: SessionWithKeychain
beforeAll(async () => {
  session = await startSessionWithKeychain()
  // Before keytar is loaded: GLib keeps for ever the bus that it first meets.
  Object.assign(process.env, session.env)
})
afterAll(() => session.stop())

let comptoir: Installation
let item: KeptItem
/** Three rows, of which the keychain knows the last. */
beforeEach(async () => {
  comptoir = await createInstallation(keychain)
  await comptoir.addTeam()
  for (let command = 1; command <= 3; command += 1) await comptoir.run('operators list')
  const [workstation] = comptoir.sql<{ id: string }>('select id from workstation')
  item = keychain.journalHead(workstation?.id ?? '')
  await resetHead(item, last())
})
afterEach(async () => {
  await item.remove()
  await comptoir.remove()
})

function last(): { seq: number; hash: string } {
  const [row] = comptoir.sql<{ seq: number; hash: string }>(
    'select seq, hash from journal order by seq desc limit 1',
  )
  return row ?? { seq: 0, hash: '' }
}

it('journal verify misses rows that were cut from the end', async () => {
  const intact = ['Le journal est intact : 3 lignes, de la n° 1 à la n° 3.']
  expect(await comptoir.run('journal verify')).toEqual({ code: 0, out: intact, errors: [] })
  comptoir.alter('drop trigger journal_no_delete', 'delete from journal where seq = 3')
  expect(await comptoir.run('journal verify')).toEqual({
    code: 1,
    out: [],
    errors: [
      'Le journal a été altéré : la fin manque, à partir de la ligne n° 3.',
      expect.stringMatching(/^Ne supprimez rien/u),
    ],
  })
})

it('restore records the head that was known, and makes the new one known', async () => {
  const file = join(comptoir.folder, 'copie.db')
  await comptoir.run(['backup', file])
  await comptoir.run('operators list')
  const known = last()
  await resetHead(item, known)

  const restored = await comptoir.run(['restore', file])
  expect(restored).toEqual({ code: 0, out: [expect.stringMatching(/^Base reprise de /u)], errors: [] })
  expect(comptoir.rows().at(-1)).toEqual([
    'database.restored',
    'done',
    expect.objectContaining({ upTo: 3, oldHead: known }),
  ])
  expect(await readHead(item)).toEqual({ kind: 'kept', ...last() })
  expect(await comptoir.run('journal verify')).toMatchObject({ code: 0, errors: [] })
})

it('restore says when the keychain does not take the new head', async () => {
  const journalHead: Keychain['journalHead'] = (workstation) => ({
    ...keychain.journalHead(workstation),
    write: () => Promise.reject(new Error('the keychain is closed')),
  })
  const file = join(comptoir.folder, 'copie.db')
  await comptoir.run(['backup', file])
  const closed = { ...keychain, journalHead }
  const program: Omit<Program, 'words'> = {
    paths: comptoir.paths,
    itself: [],
    versions: {},
    edition: 'development',
    version: '1.2.3',
    scorerFile: '',
  }
  const said: string[] = []
  const say = (line: string): void => void said.push(line)
  const terminal = { read: () => null, say, complain: say, progress: () => undefined }
  expect(await perform({ ...program, words: ['restore', file] }, { terminal, keychain: closed })).toBe(0)
  expect(said).toEqual([
    expect.stringMatching(/^Base reprise de /u),
    expect.stringMatching(/^Le trousseau de ce compte/u),
  ])
})
