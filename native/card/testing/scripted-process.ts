import { toCardProcess, type FromCardProcess } from '../protocol.ts'
import { parseBehaviour } from './behaviours.ts'
import { present, reader, snapshotOf } from './snapshots.ts'

// A card process without cards: it answers as the protocol says, and fails as its argument says. A message that the
// protocol does not know ends it.

const behaviour = parseBehaviour(process.argv[2])

/** Resolves once it is written: what ends this process afterwards does not take it along. */
function say(message: unknown): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) throw new Error('started by nobody')
    process.send(message, () => resolve())
  })
}
const answer = (message: FromCardProcess): Promise<void> => say(message)
const beat = (): Promise<void> => answer({ kind: 'beat' })
const showCard = (): Promise<void> => answer({ kind: 'snapshot', snapshot: snapshotOf(present()) })

/** What it says of itself when it starts. */
async function start(): Promise<void> {
  const searching = snapshotOf({ kind: 'searching' })
  switch (behaviour) {
    case 'dies-at-start':
      return process.exit(1)
    case 'dies-once-found':
      await answer({ kind: 'snapshot', snapshot: searching })
      return process.exit(1)
    case 'dies-searching':
      await answer({ kind: 'snapshot', snapshot: { ...searching, cryptolib: null } })
      return process.exit(1)
    case 'says-nothing':
      return undefined
    case 'unsettled':
      await answer({ kind: 'snapshot', snapshot: searching })
      return answer({ kind: 'snapshot', snapshot: snapshotOf({ kind: 'reading', reader }) })
    case 'talks-nonsense':
      await say('bonjour')
      await say({ kind: 'snapshot', snapshot: { state: { kind: 'card' } } })
      await say({ kind: 'beat', more: true })
      return showCard()
    case 'sound':
    case 'segfaults':
    case 'exits-0':
    case 'exits-3':
    case 'hangs':
    case 'ignores-tests':
    case 'ignores-stop':
      await beat()
      return showCard()
    default:
      return behaviour
  }
}

async function test(id: number): Promise<void> {
  switch (behaviour) {
    case 'segfaults':
      process.kill(process.pid, 'SIGSEGV')
      return undefined
    case 'exits-0':
      return process.exit(0)
    case 'exits-3':
      return process.exit(3)
    case 'hangs':
      await beat()
      // Not for ever: the test that waits for its end may have been ended itself.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
      return undefined
    case 'ignores-tests':
      return beat()
    case 'sound':
    case 'unsettled':
    case 'talks-nonsense':
    case 'ignores-stop':
      return answer({ kind: 'tested', id, test: { snapshot: snapshotOf(present()), milliseconds: id } })
    case 'dies-at-start':
    case 'dies-once-found':
    case 'dies-searching':
    case 'says-nothing':
      return undefined
    default:
      return behaviour
  }
}

process.on('message', (raw) => {
  const message = toCardProcess.parse(raw)
  switch (message.kind) {
    case 'start':
      return void start()
    case 'refresh':
      return void beat().then(showCard)
    case 'logged-in':
      return undefined
    case 'test':
      return void test(message.id)
    case 'stop':
      return behaviour === 'ignores-stop' ? undefined : process.exit(0)
    default:
      return message
  }
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0))
