import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock as clock } from '../../electron/clock.ts'
import { createThrottleRepository } from '../../electron/identification/throttle-repository.ts'
import { createOperatorRepository } from '../../electron/operators/repository.ts'
import { newRow } from '../../electron/operators/operator-table.ts'
import { createTeam } from '../../electron/operators/team.ts'
import { roles } from '../../electron/operators/operator.ts'
import { openStorage } from '../../electron/storage/open.ts'
import { readWorkstation } from '../../electron/storage/workstation.ts'

/** What is typed: nothing, a letter, a name, two words, an accent, an RPPS, a code, what nobody has. */
const searches = ['', 'a', 'martin', 'lea petit', 'Éloïse', '10000004242', '4242', 'personne', "d'", '1']

/** Milliseconds that a search of « Opérateurs » takes among `count` operators, by what is typed: `rounds` of each. */
export async function measureOperatorSearch(count: number, rounds: number): Promise<Map<string, number[]>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'comptoir-bench-operators-'))
  try {
    const storage = await openStorage({ url: 'sqlite:bench.db', dataDir, clock })
    await storage.write(async (trx) => {
      for (let number = 0; number < count; number += 100) {
        const rows = Array.from({ length: 100 }, (_, index) => rowOf(number + index))
        await trx.insertInto('operator').values(rows).execute()
      }
    })
    const workstation = await readWorkstation(storage)
    const team = createTeam({
      operators: createOperatorRepository({ storage, clock }),
      throttle: createThrottleRepository({ storage, clock, workstation }),
      clock,
    })
    const measures = new Map<string, number[]>()
    for (const search of searches) {
      const times: number[] = []
      for (let round = 0; round <= rounds; round += 1) {
        const start = performance.now()
        await team.list({ search, shown: 'team', offset: 0, limit: 50 })
        // The first one warms the cache of pages.
        if (round > 0) times.push(performance.now() - start)
      }
      measures.set(search, times)
    }
    await storage.close()
    return measures
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

const firstNames = ['Léa', 'Jean-Luc', 'Éloïse', 'Marie', 'Chloé', 'Ahmed', 'Inès', 'Paul', 'Zoé', 'Anne']
const lastNames = [
  'MARTIN',
  'PETIT',
  "D'ORVES",
  'LEFÈVRE',
  'MOREAU',
  'LE GOFF',
  'ROUX',
  'NGUYEN',
  'FAURE',
  'GARCIA',
]

function rowOf(number: number) {
  const rpps = number % 3 === 0 ? null : { kind: 'rpps' as const, digits: String(10_000_000_000 + number) }
  return newRow(
    `id-${number}`,
    {
      code: String(number),
      firstName: firstNames[number % 10] ?? '',
      lastName: `${lastNames[Math.floor(number / 10) % 10] ?? ''} ${number % 997}`,
      role: roles[number % roles.length] ?? 'autre',
      rpps,
      suspended: number % 17 === 0,
      firstDay: null,
      lastDay: number % 19 === 0 ? '2020-01-01' : null,
      rights: [],
      passwordHash:
        '$argon2id$v=19$m=65536,t=3,p=1$vWvqkVXSGS1T/IT7mb8k4A$KFkiKYX2MOOELunmczeC1Y10QE/owZOFSMY7SGTnNLs',
    },
    '2026-01-01T00:00:00.000Z',
  )
}
