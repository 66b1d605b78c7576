import assert from 'node:assert/strict'
import type { Proof } from './proof.ts'
import type { Root } from './root.ts'

const entry = '/usr/share/applications/comptoir.desktop'

/** How the desktop of an account knows the program. */
export async function proveDesktop({ that, note }: Proof, root: Root): Promise<void> {
  await that(
    'its desktop entry is valid, starts the command, and its icon is there in each size',
    async () => {
      const checked = await root.run(['desktop-file-validate', entry])
      assert.equal(checked.code, 0, checked.out + checked.errors)
      const text = await root.must(['cat', entry])
      const [, command = ''] = /^Exec=(\S+)/mu.exec(text) ?? []
      assert.equal((await root.run(['sh', '-c', `command -v ${command}`])).code, 0, `Exec=${command}`)
      const [, icon = ''] = /^Icon=(\S+)/mu.exec(text) ?? []
      const icons = (await root.must(['find', '/usr/share/icons/hicolor', '-name', `${icon}.*`]))
        .trim()
        .split('\n')
      note(`${command}; ${icons.length} icons`)
      assert.ok(icons.length >= 3, icons.join())
    },
  )
}
