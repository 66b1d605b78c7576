import type { Program } from './program.ts'

/** Types a code and Enter into a window of ours in one go, as a scanner does, however busy the machine is. */
export async function scan(program: Program, role: string, code: string): Promise<void> {
  await program.app.evaluate(
    ({ webContents }, asked) => {
      const contents = webContents
        .getAllWebContents()
        .find((each) => each.getURL().startsWith(`app://comptoir/${asked.role}/`))
      for (const keyCode of asked.keys) {
        contents?.sendInputEvent({ type: 'keyDown', keyCode })
        contents?.sendInputEvent({ type: 'char', keyCode: keyCode === 'Enter' ? '\r' : keyCode })
        contents?.sendInputEvent({ type: 'keyUp', keyCode })
      }
    },
    { role, keys: [...code.split(''), 'Enter'] },
  )
}
