import { setTimeout as sleep } from 'node:timers/promises'
import { catchFailures } from '../main-failures.ts'

/** A program in which something fails, and what it says of it: `node failing.ts HOW`. */
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const failures = catchFailures(() => {
  say('end')
  process.exit(69)
})
const throwLater = (): void =>
  void setTimeout(() => {
    throw new TypeError('a secret')
  })
const rejectLater = (): void => void Promise.reject(new TypeError('a secret'))

switch (process.argv[2] ?? '') {
  case 'turn':
    throwLater()
    break
  case 'task':
    rejectLater()
    break
  case 'response':
    failures.respond({ cutOff: () => say('cut off'), givenUp: () => say('given up') })
    rejectLater()
    await sleep(50)
    throwLater()
    await sleep(50)
    // They come of what was cut off.
    throwLater()
    rejectLater()
    await sleep(50)
    break
  case 'failing-response':
    failures.respond({
      cutOff: () => say('cut off'),
      givenUp: () => {
        throw new Error('a secret')
      },
    })
    rejectLater()
    await sleep(50)
    break
  case 'closed-terminal':
    for (let line = 0; line < 20; line++) {
      process.stdout.write('nobody reads this\n')
      await sleep(20)
    }
    break
  default:
    process.exit(64)
}
say('went on')
