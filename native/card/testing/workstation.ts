import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findCryptolib, type Found, type Search } from '../find-cryptolib.ts'

/** A workstation of any system, whose files are in a temporary folder and whose programs are answers. */
export type FakeWorkstation = {
  readonly write: (path: string, content: Buffer | string) => Promise<void>
  /** What a program prints, by its command line; the others fail. */
  readonly answer: (command: string, printed: string) => void
  readonly find: (search?: Partial<Search>) => Promise<Found>
  /** The command lines run so far. */
  readonly commands: readonly string[]
  readonly locate: (path: string) => string
  readonly dispose: () => Promise<void>
}

/** An x64 workstation unless told. */
export async function fakeWorkstation(platform: 'win32' | 'darwin' | 'linux'): Promise<FakeWorkstation> {
  const root = await mkdtemp(join(tmpdir(), 'comptoir-poste-'))
  const locate = (path: string) => join(root, path.replace(':', '').replaceAll('\\', '/'))
  const answers = new Map<string, string>()
  const commands: string[] = []
  return {
    commands,
    locate,
    write: async (path, content) => {
      await mkdir(dirname(locate(path)), { recursive: true })
      await writeFile(locate(path), content)
    },
    answer: (command, printed) => void answers.set(command, printed),
    find: (search = {}) =>
      findCryptolib({
        platform,
        arch: 'x64',
        env: { SystemRoot: 'C:\\Windows' },
        configured: null,
        run: (program, args) => {
          const command = [program, ...args].join(' ')
          commands.push(command)
          return Promise.resolve(answers.get(command) ?? null)
        },
        locate,
        ...search,
      }),
    dispose: () => rm(root, { recursive: true }),
  }
}
