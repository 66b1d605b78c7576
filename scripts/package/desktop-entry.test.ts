import { expect, test } from 'vitest'
import { withoutFiles } from './desktop-entry.ts'

const entry = (exec: string): string => `[Desktop Entry]\nName=Comptoir\nExec=${exec}\nTerminal=false\n`

test('a desktop entry starts the command, and takes no file, which would be one', () => {
  expect(withoutFiles(entry('/opt/Comptoir/comptoir %U'))).toBe(entry('/usr/bin/comptoir'))
})

test.each(['/opt/Comptoir/comptoir', '/opt/Comptoir/comptoir %F'])(
  'is not taken for one where electron-builder writes %s',
  (exec) => {
    expect(() => withoutFiles(entry(exec))).toThrow('0 times')
  },
)
