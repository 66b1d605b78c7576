import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { fusesFor, publishedConfiguration } from '../configuration.ts'
import { contentFaults, readArchive, strayFaults } from '../contents.ts'
import { distributionOf } from '../distribution.ts'
import { fuseFaults, readFuses } from '../fuses.ts'
import { executable, listeners, program } from './program.ts'
import type { Proof } from './proof.ts'
import type { InsideOptions, Root } from './root.ts'

/** The same program with its fuses the other way: what bites nothing there would bite nothing here. */
const open = '/opt/Open'
const mark = 'NOT COMPTOIR'

/** The fuses of the installed program: read back, and each tried on it and on a copy that has them the other way. */
export async function proveFuses({ that, note }: Proof, root: Root, electron: string): Promise<void> {
  await that('its fuses are those of electron-builder.yml', async () => {
    const wanted = fusesFor(await publishedConfiguration(), await distributionOf(electron))
    const readings = await readFuses(root.path(executable), wanted)
    note(readings.map(({ name, found }) => `${name} ${found}`).join(', '))
    assert.deepEqual(fuseFaults(readings), [])
  })
  await that(
    'its archive holds the built program and nothing of the sources, the tests or the simulator',
    async () => {
      const archive = root.path(`${program}/resources/app.asar`)
      const files = readArchive(archive)
      assert.deepEqual([...contentFaults(files, []), ...(await strayFaults(archive, files))], [])
      assert.deepEqual(
        files
          .map(({ path }) => path)
          .filter((path) => /\.tsx?$|\.map$|\.test\.|simulator|testing\//u.test(path)),
        [],
      )
      note(`${files.length} files`)
    },
  )
  await openCopy(root)
  const both = async (words: readonly string[], options: InsideOptions) => {
    const of = async (place: string) => {
      const { out, errors } = await root.run([`${place}/comptoir`, ...words], {
        user: 'officine',
        seconds: 15,
        ...options,
      })
      return out + errors
    }
    return { shut: await of(program), open: await of(open) }
  }

  await that('ELECTRON_RUN_AS_NODE does not make a Node of it', async () => {
    const said = await both(['-e', `console.log('${mark}')`], { env: { ELECTRON_RUN_AS_NODE: '1' } })
    assert.ok(said.open.includes(mark), `the open copy says ${said.open}`)
    assert.ok(!said.shut.includes(mark))
  })
  await that('NODE_OPTIONS says nothing to it', async () => {
    const said = await both(['--version'], { env: { NODE_OPTIONS: '--max-http-header-size=65536' } })
    note(said.shut.split('\n').find((line) => line.includes('NODE_OPTIONS')) ?? 'nothing is said')
    assert.match(said.shut, /NODE_OPTIONS have been disabled/u)
    assert.doesNotMatch(said.open, /NODE_OPTIONS have been disabled/u)
  })
  await that('--inspect opens no debugger, even before a command, which takes switches', async () => {
    assert.ok(
      (await listening(root, open)).some((line) => line.includes(':9555')),
      'the open copy does not listen',
    )
    assert.deepEqual(await listening(root, program), [])
  })
  await that('a folder resources/app is not loaded, even where the archive is missing', async () => {
    const places = [program, open].map((place) => `${place}/resources`)
    for (const place of places) {
      await root.must(['mv', `${place}/app.asar`, `${place}/aside`])
      await root.must(['mkdir', `${place}/app`])
      const told = '{"name":"other","version":"9.9.9","main":"main.js"}'
      await writeFile(root.path(`${place}/app/package.json`), told)
      const main = `require('node:fs').writeSync(1, '${mark}'); process.exit(0)`
      await writeFile(root.path(`${place}/app/main.js`), main)
    }
    const said = await both(['--version'], {})
    for (const place of places) {
      await root.must(['rm', '-r', `${place}/app`])
      await root.must(['mv', `${place}/aside`, `${place}/app.asar`])
    }
    assert.ok(said.open.includes(mark), `the open copy says ${said.open}`)
    assert.ok(!said.shut.includes(mark), said.shut)
  })
  await root.must(['rm', '-r', open])
}

/** All that listens while a command runs with an inspector asked for. */
async function listening(root: Root, place: string): Promise<string[]> {
  const words = [`${place}/comptoir`, '--inspect=9555', '--diagnostic', '--json']
  const { process } = root.start(words, { user: 'officine', seconds: 15 })
  const seen: string[] = []
  while (process.exitCode === null && process.signalCode === null) seen.push(...(await listeners(root)))
  return seen
}

async function openCopy(root: Root): Promise<void> {
  await root.must(['cp', '-a', program, open])
  await flipFuses(root.path(`${open}/comptoir`), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
  })
}
