// What takes too long for `npm test`: 300 kills of a counter at work, then ten of Comptoir itself while somebody comes
// in, then 10 000 requests at random to the modules' endpoint and as many payloads to each call of each real page.
// `npm run soak -- 50` makes 50 kills. Ends with the figures, or with the first thing that is not as it must be.

import { fuzzEndpoint } from '../electron/module-session/testing/fuzz.ts'
import { fuzzPages } from './soak/fuzz.ts'
import { killCounters } from './soak/kills.ts'
import { killPrograms } from './soak/programs.ts'

const kills = Number(process.argv[2] ?? 300)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)

const counters = await killCounters(kills, seed)
console.log(
  `${counters.kills} kills of a counter (seed ${seed}), ${counters.beforeWork} of them as it opened: ` +
    `${counters.acknowledged} acknowledgements, ${counters.rows} rows, 0 lost, ${counters.seconds.toFixed(0)} s`,
)
const programs = await killPrograms(10)
console.log(
  `${programs.kills} kills of Comptoir while somebody came in: ${programs.shown} had come in on the screen, ` +
    `${programs.journalled} in the journal, 0 lost, ${programs.seconds.toFixed(0)} s`,
)
const payloads = 10_000
const { answers, ...endpoint } = await fuzzEndpoint({ count: payloads, seed })
const sound = [endpoint.wronglyAnswered, endpoint.faults, endpoint.effects].every(
  ({ length }) => length === 0,
)
if (!sound || !endpoint.unharmed) throw new Error(`the endpoint by seed ${seed}: ${JSON.stringify(endpoint)}`)
console.log(
  `${payloads} requests to the modules' endpoint (seed ${seed}): ${JSON.stringify(answers)}, none but the public keys`,
)
const { seconds } = await fuzzPages({ count: payloads, seed })
console.log(
  `${payloads} payloads to each call of each page (seed ${seed}): nothing came of them, ${seconds.toFixed(0)} s`,
)
