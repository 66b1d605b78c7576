import type * as perfHooks from 'node:perf_hooks'
import type { BaseWindow, MessageBoxOptions } from 'electron'
import type { Program } from './program.ts'

/**
 * Nobody touches the workstation for so many seconds more, which pass at once on the monotonic clock of main. The system
 * is then asked, as it is on its return from its own lock.
 */
export async function nobodyFor(program: Program, seconds: number): Promise<void> {
  await program.app.evaluate(({ powerMonitor }, passed) => {
    const hooks: typeof perfHooks | undefined = process.mainModule?.require('node:perf_hooks')
    if (hooks === undefined) throw new Error('no clock')
    const now = hooks.performance.now.bind(hooks.performance)
    const later = (): number => now() + passed * 1000
    Object.defineProperty(hooks.performance, 'now', { value: later, configurable: true })
    powerMonitor.getSystemIdleTime = () => 24 * 3600
    powerMonitor.emit('unlock-screen')
  }, seconds)
}

/** Somebody touches the workstation, anywhere. */
export async function touch(program: Program): Promise<void> {
  await program.app.evaluate(({ powerMonitor }) => {
    powerMonitor.getSystemIdleTime = () => 0
  })
}

/** The system tells what it does. */
export async function systemTells(
  program: Program,
  event: 'lock-screen' | 'unlock-screen' | 'suspend' | 'resume',
): Promise<void> {
  await program.app.evaluate(({ powerMonitor }, told) => {
    powerMonitor.emit(told)
  }, event)
}

/** What the system's own question says, and the title of the window it stands before. */
export type SystemQuestion = {
  readonly over: string
  readonly message: string
  readonly detail: string | undefined
  readonly buttons: readonly string[]
  readonly cancelId: number | undefined
}

/**
 * From now on, the system's own question is answered by this button, at once. Resolves to what tells the questions that
 * were asked since.
 */
export async function answerSystem(
  program: Program,
  button: string,
): Promise<() => Promise<SystemQuestion[]>> {
  const asked = await program.app.evaluateHandle(({ dialog, BrowserWindow }, wanted) => {
    const questions: SystemQuestion[] = []
    dialog.showMessageBox = (...given: [BaseWindow, MessageBoxOptions] | [MessageBoxOptions]) => {
      if (given.length === 1) throw new Error('a question over no window')
      const [window, { message, detail, buttons = [], cancelId }] = given
      const over =
        BrowserWindow.getAllWindows()
          .find(({ id }) => id === window.id)
          ?.getTitle() ?? ''
      questions.push({ over, message, detail, buttons, cancelId })
      return Promise.resolve({ response: buttons.indexOf(wanted), checkboxChecked: false })
    }
    return questions
  }, button)
  return () => asked.jsonValue()
}
