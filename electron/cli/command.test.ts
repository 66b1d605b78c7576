import { expect, it } from 'vitest'
import { commandIn } from './command.ts'

const list = ['operators', 'list', '--json']

it.each<[what: string, argv: string[], installed: boolean, command: string[]]>([
  ['a shortcut', ['comptoir'], true, []],
  ['a shortcut, in development', ['electron', '.'], false, []],
  ['switches of Chromium', ['comptoir', '--no-sandbox', '--user-data-dir=/tmp/x'], true, []],
  ['what is no command', ['electron', '--inspect=0', '.', '--not-a-command'], false, []],
  ['a command', ['comptoir', ...list], true, list],
  ['a command, in development', ['electron', '.', ...list], false, list],
  ['a command after switches', ['comptoir', '--no-sandbox', ...list], true, list],
  ['a command after switches, in development', ['electron', '--a', '.', '--b', ...list], false, list],
  ['a file that looks like a switch', ['comptoir', 'backup', '--', '-x'], true, ['backup', '--', '-x']],
  ['the version', ['comptoir', '--version'], true, ['--version']],
  ['a diagnostic', ['comptoir', '--diagnostic', '--output', 'f'], true, ['--diagnostic', '--output', 'f']],
  ['what follows a command', ['comptoir', 'backup', '--version'], true, ['backup', '--version']],
  ['the version, in development', ['electron', '--no-sandbox', '.', '--version'], false, ['--version']],
])('%s', (_, argv, installed, command) => {
  expect(commandIn(argv, installed)).toEqual(command)
})
