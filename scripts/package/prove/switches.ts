import assert from 'node:assert/strict'
import { openDesk, type Desk } from './desk.ts'
import { endProgram, executable, linesOf, listeners, processesOf } from './program.ts'
import { until, type Proof } from './proof.ts'
import type { Root } from './root.ts'

/** Doors that Chromium, Electron or Node would open to who starts the program so, in the ways they may be written. */
const refused = [
  '--remote-debugging-port=9222',
  '-remote-debugging-port=9222',
  '--REMOTE-debugging-port=9222',
  '--remote-debugging-pipe',
  '--remote-allow-origins=*',
  '--no-sandbox',
  '--disable-seccomp-filter-sandbox',
  '--load-extension=/tmp/extension',
  '--user-data-dir=/tmp/profile',
  '--js-flags=--expose-gc',
  '--disable-web-security',
  '--ignore-certificate-errors',
  '--host-rules=MAP * 127.0.0.1',
  '--proxy-server=127.0.0.1:8080',
  '--renderer-cmd-prefix=/tmp/spy',
  '--utility-cmd-prefix=/tmp/spy',
  '--gpu-launcher=/tmp/spy',
  '--inspect=9229',
  '--inspect-brk',
  '--require=/tmp/spy.js',
  '--enable-logging=file',
  '--log-net-log=/tmp/net.json',
  '--ssl-key-log-file=/tmp/keys',
]
const usage = 64
const spyMark = '/tmp/spied'

/** What the installed program refuses to be started with, by its script and by its executable. */
export async function proveSwitches({ that }: Proof, root: Root): Promise<void> {
  // Whatever is started in the place of a process of Chromium leaves this mark.
  const spy = `#!/bin/sh\ntouch ${spyMark}\nexec "$@"\n`
  await root.must(['sh', '-c', 'cat >/tmp/spy && chmod 755 /tmp/spy'], { input: spy })
  const desk = await openDesk(root, 'officine')
  try {
    await that(
      `${refused.length} switches are refused: 64, one line that names them, nothing that listens, no window`,
      async () => {
        const faults: string[] = []
        for (const word of refused) faults.push(...(await faultsOf(root, desk, word)))
        assert.deepEqual(faults, [])
        assert.notEqual(
          (await root.run(['test', '-e', spyMark])).code,
          0,
          'a program was started by a switch',
        )
      },
    )
    await that('a command opens no debugging port either', async () => {
      const waiting = root.start(
        [executable, '--remote-debugging-port=9222', 'secret', 'set', 'psc.clientSecret'],
        {
          user: 'officine',
          env: desk.env,
          seconds: 20,
        },
      )
      const seen: string[] = []
      for (let round = 0; round < 10; round += 1) seen.push(...(await listeners(root)))
      await waiting.ended
      assert.deepEqual(seen, [])
    })
    await that('SIGUSR1 opens no inspector', async () => {
      const running = root.start(['comptoir'], { user: 'officine', env: desk.env })
      await desk.seen('Comptoir — ')
      const main = (await processesOf(root)).find(({ type }) => type === 'browser')
      await root.run(['kill', '-USR1', String(main?.pid)])
      await new Promise((resolve) => setTimeout(resolve, 1000))
      assert.deepEqual(await listeners(root), [])
      await endProgram(root)
      await running.ended
    })
  } finally {
    await endProgram(root)
    await desk.close()
  }
}

async function faultsOf(root: Root, desk: Desk, word: string): Promise<string[]> {
  const name = `--${word.replace(/^-+/u, '').split('=', 1).join('')}`
  const running = root.start([executable, word], { user: 'officine', env: desk.env, seconds: 10 })
  const seen: string[] = []
  const watch = until(
    'the end',
    async () => {
      seen.push(...(await listeners(root)))
      return running.process.exitCode !== null || running.process.signalCode !== null
    },
    15,
  ).catch(() => false)
  const { code, errors } = await running.ended
  await watch
  const lines = linesOf(errors)
  return [
    ...(code === usage ? [] : [`${word}: ${code} instead of ${usage}`]),
    ...(lines.length === 1 && lines[0]?.includes(name) ? [] : [`${word}: says ${JSON.stringify(lines)}`]),
    ...(seen.length === 0 ? [] : [`${word}: ${seen.join()}`]),
    ...((await desk.sees('Comptoir')) ? [`${word}: a window`] : []),
  ]
}
