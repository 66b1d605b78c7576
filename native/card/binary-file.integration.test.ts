import { execFile, execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspectLibrary, type LibraryFile } from './binary-file.ts'
import { elf } from './testing/binaries.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-librairie-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const here = { platform: process.platform, arch: process.arch }
const linux = { platform: 'linux', arch: 'x64' }
const inFolder = (name: string) => inspectLibrary(join(folder, name), linux)

describe('the file of a library', () => {
  it('is one that this process has loaded', async () => {
    const loaded = librariesOfThisProcess().find((path) => path.startsWith('/'))
    expect(await inspectLibrary(loaded ?? '', here)).toEqual({ kind: 'library', bits: 64 })
  })

  it('is missing', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await inFolder('none')).toEqual({ kind: 'missing' })
    expect(await inFolder('file/none')).toEqual({ kind: 'missing' })
  })

  it('is a directory', async () => {
    expect(await inFolder('.')).toEqual({ kind: 'directory' })
  })

  it('is reached by links, as the package of Linux has them', async () => {
    await writeFile(join(folder, 'lib.so.3.1.0'), elf('x64'))
    await symlink('lib.so.3.1.0', join(folder, 'lib.so.3'))
    await symlink('lib.so.3', join(folder, 'lib.so'))
    expect(await inFolder('lib.so')).toEqual({ kind: 'library', bits: 64 })
  })

  it('is missing where its link leads nowhere, and unreadable where it leads to itself', async () => {
    await symlink('gone.so', join(folder, 'dangling.so'))
    await symlink('loop.so', join(folder, 'loop.so'))
    expect(await inFolder('dangling.so')).toEqual({ kind: 'missing' })
    expect(await inFolder('loop.so')).toEqual({ kind: 'unreadable' })
  })

  it('is no FIFO and no device, neither of which is waited for', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo')])
    expect(await inFolder('fifo')).toEqual({ kind: 'not-a-library' })
    expect(await inspectLibrary('/dev/tty', linux)).toEqual({ kind: 'not-a-library' })
    expect(await inspectLibrary('/dev/zero', linux)).toEqual({ kind: 'not-a-library' })
  })

  it('may be unreadable to who runs the program', async () => {
    await writeFile(join(folder, 'lib.so'), elf('x64'), { mode: 0 })
    await chmod(folder, 0o755)
    expect(await asNobody(join(folder, 'lib.so'))).toEqual({ kind: 'unreadable' })
  })

  it('may lie where who runs the program may not look', async () => {
    await writeFile(join(folder, 'lib.so'), elf('x64'))
    await chmod(folder, 0)
    expect(await asNobody(join(folder, 'lib.so'))).toEqual({ kind: 'unreadable' })
  })
})

/** What a user without rights sees: root reads everything. */
async function asNobody(path: string): Promise<LibraryFile> {
  if (process.getuid?.() !== 0) return inspectLibrary(path, linux)
  const module = JSON.stringify(new URL('./binary-file.ts', import.meta.url).href)
  // The file of this test is read before the rights are given up: the checkout may be root's alone.
  const source = `
    const { inspectLibrary } = await import(${module})
    process.setuid(65534)
    process.stdout.write(JSON.stringify(await inspectLibrary(${JSON.stringify(path)}, ${JSON.stringify(linux)})))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source])
  return JSON.parse(stdout)
}

function librariesOfThisProcess(): string[] {
  const report: unknown = process.report.getReport()
  if (typeof report !== 'object' || report === null || !('sharedObjects' in report)) return []
  return Array.isArray(report.sharedObjects) ? report.sharedObjects.map(String) : []
}
