import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { about, type ShippedComponent } from '../ipc/component-views.ts'
import { createAbout } from './about.ts'

const versions = { electron: '45.4.1', chrome: '150.0.1.2', node: '24.1.0', v8: '15.0.1' }
/** As scripts/package/licences.ts writes them. */
const written: readonly ShippedComponent[] = [
  { name: 'electron', version: '', licence: 'MIT', runtime: 'electron', text: 'Do as you please.' },
  { name: 'SQLite', version: '3.54.1', licence: 'blessing', runtime: null, text: 'Share freely.' },
  { name: 'V8', version: '', licence: 'BSD-3-Clause', runtime: 'v8', text: 'Elsewhere.' },
]
const caller = { role: 'help', webContentsId: 1 } as const
let dist = ''
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'comptoir-about-'))
  await writeFile(join(dist, 'components.json'), JSON.stringify(written))
})
afterAll(() => rm(dist, { recursive: true }))

describe('« À propos »', () => {
  it('tells what runs, what the build tells of its parts, and where the lists are', async () => {
    const { readAbout } = createAbout({
      dist,
      version: '1.2.3',
      edition: 'installed',
      resources: '/opt/Comptoir/resources',
      versions,
      copy: () => undefined,
    })
    const told = about.parse(await readAbout(undefined, caller))
    expect(told.versions).toMatchObject({ comptoir: '1.2.3', electron: '45.4.1', chromium: '150.0.1.2' })
    expect(told.versions.sqlite).toBe('3.54.1')
    expect(told.components.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'electron 45.4.1',
      'SQLite 3.54.1',
      'V8 15.0.1',
    ])
    expect(told.files).toEqual({
      sbom: join('/opt/Comptoir/resources', 'sbom.cdx.json'),
      licences: join('/opt/Comptoir/resources', 'licences.txt'),
    })
  })

  it('copies the versions, and says of which edition they are', async () => {
    let copied = ''
    const { copyVersions } = createAbout({
      dist,
      version: '1.2.3',
      edition: 'test-package',
      resources: '',
      versions,
      copy: (text) => (copied = text),
    })
    await copyVersions(undefined, caller)
    expect(copied.replaceAll('\u00A0', ' ')).toMatch(
      /^Comptoir : 1\.2\.3\nÉdition : paquet d'essai\nElectron : 45\.4\.1\nChromium : 150\.0\.1\.2\nNode\.js : 24\.1\.0\nSQLite : 3\.54\.1$/u,
    )
  })
})
