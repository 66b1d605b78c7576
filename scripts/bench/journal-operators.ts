import { mkdir } from 'node:fs/promises'
import { systemClock as clock } from '../../electron/clock.ts'
import { createOperatorRepository } from '../../electron/operators/repository.ts'
import { createTeamQueries } from '../../electron/operators/team-queries.ts'
import { openStorage } from '../../electron/storage/open.ts'

const operators = 10_000
const firstNames = [
  'MARIE',
  'FRANÇOIS',
  'ZOÉ',
  'PATRICIA',
  'JEAN-LUC',
  'ANNE',
  'NOÉMIE',
  'LOÏC',
  'SOPHIE',
  'KARIM',
]
const lastNames = [
  'DUPONT',
  'LEFÈVRE',
  'MARTIN',
  "L'HERMITE",
  'GARCIA',
  'BENALI',
  'MÜLLER',
  'NGUYEN',
  'COEUR',
  'ROY',
]
/** A common name, a name without its accent, both, a code, an RPPS, nobody. */
const searches = ['dupont', 'lefevre', 'zoe mart', '4242', '10000042420', 'personne']

/** How long a search among ten thousand operators takes (ms), made in `dataDir`; and what their table weighs. */
export async function measureOperators(dataDir: string, rounds: number): Promise<{ search: number[] }> {
  await mkdir(dataDir, { recursive: true })
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock })
  const repository = createOperatorRepository({ storage, clock })
  await storage.write(async (trx) => {
    for (let index = 0; index < operators; index += 1) {
      await repository.insert(trx, {
        code: String(index),
        firstName: firstNames[index % 10] ?? '',
        lastName: `${lastNames[Math.floor(index / 10) % 10] ?? ''} ${index}`,
        role: 'preparateur',
        rpps: { kind: 'rpps', digits: String(10_000_000_000 + index * 10) },
        suspended: false,
        firstDay: null,
        lastDay: null,
        rights: [],
        passwordHash: '$argon2id$',
      })
    }
  })
  const team = createTeamQueries({ storage, clock })
  const measures: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const search of searches) {
      const from = performance.now()
      await team.search({ search, shown: 'team', offset: 0, limit: 50 })
      measures.push(performance.now() - from)
    }
  }
  await storage.close()
  return { search: measures }
}
