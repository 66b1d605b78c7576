import type { CryptolibClient } from './cryptolib-client.ts'
import { openWatch } from './open-watch.ts'
import { parentPort } from './parent-port.ts'
import { toCardProcess, type FromCardProcess, type ToCardProcess } from './protocol.ts'
import type { Watch } from './watch.ts'

/**
 * Entry of the card process: its main thread hears PC/SC and beats, a worker of it holds Cryptolib. Whatever happens
 * in the vendor's library happens to this process alone.
 */

/** How often Cryptolib is seen to answer, at least; the main process is patient for three times as long. */
const beatMs = 2000
/** C_Finalize is given this long. In milliseconds. */
const finaliseMs = 500

/** At once: a worker in a call that never returns keeps `process.exit` waiting (card-simulation.md §6). */
function end(): void {
  process.kill(process.pid, 'SIGKILL')
}

// What nobody has foreseen leaves nothing to trust: the main process starts another one.
process.on('uncaughtException', end)
process.on('unhandledRejection', end)

const port = parentPort()
if (port === null) end()
else {
  const tell = (message: FromCardProcess): void => port.post(message)
  let running: { readonly watch: Watch; readonly cryptolib: CryptolibClient } | null = null

  port.onGone(end)
  port.onMessage((raw) => {
    const { data: message } = toCardProcess.safeParse(raw)
    if (message === undefined) return
    if (message.kind !== 'start') return hear(message)
    if (running === null) void start(message)
  })

  const hear = (message: Exclude<ToCardProcess, { kind: 'start' }>): void => {
    switch (message.kind) {
      case 'refresh':
        return running?.watch.refresh()
      case 'logged-in':
        return running?.watch.loggedIn(message.rpps)
      case 'test':
        return void running?.watch.test().then((test) => tell({ kind: 'tested', id: message.id, test }))
      case 'stop':
        return stop()
      default:
        return message
    }
  }

  const stop = (): void => {
    if (running === null) return end()
    running.watch.stop()
    setTimeout(end, finaliseMs)
    void running.cryptolib
      .finalise()
      .catch(() => null)
      .then(end)
  }

  const start = async ({ modulePath, remote, reference }: Extract<ToCardProcess, { kind: 'start' }>) => {
    let lastBeat = Number.NEGATIVE_INFINITY
    const beat = (): void => {
      if (performance.now() - lastBeat < beatMs / 2) return
      lastBeat = performance.now()
      tell({ kind: 'beat' })
    }
    running = await openWatch({
      modulePath,
      remote,
      reference,
      answered: beat,
      ended: end,
      changed: (snapshot) => tell({ kind: 'snapshot', snapshot }),
    })
    const { watch, cryptolib } = running
    // Who owes no answer does not hang: Cryptolib is still looked for, or there is none.
    setInterval(() => {
      if (cryptolib.idle()) beat()
    }, beatMs)
    beat()
    watch.start()
  }
}
