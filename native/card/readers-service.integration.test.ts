import { fork } from 'node:child_process'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { pcscMissing, startPcsc } from '../../e2e/support/card/pcscd.ts'

const missing = await pcscMissing()

it.skipIf(missing !== null)('outlives the connections to a PC/SC service that has ended', async () => {
  const pcsc = await startPcsc()
  onTestFinished(pcsc.stop)
  const child = fork(join(import.meta.dirname, 'testing/forgetful-readers.ts'), [], {
    execPath: await pcsc.executable(process.execPath),
    execArgv: ['--expose-gc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const heard: string[] = []
  let told: (() => void) | null = null
  child.on('message', (text) => {
    heard.push(JSON.stringify(text))
    told?.()
  })
  child.once('exit', () => {
    heard.push('ended')
    told?.()
  })
  const hears = async (text: string): Promise<void> => {
    const said = JSON.stringify(text)
    while (!heard.includes(said) && !heard.includes('ended')) {
      await new Promise<void>((resolve) => {
        told = resolve
      })
    }
    expect(heard).toContain(said)
    heard.length = 0
  }

  await hears('running')
  await pcsc.stopService()
  await hears('stopped')
  for (let time = 0; time < 3; time += 1) {
    child.send('collect')
    await hears('outlived')
  }
})
