import { join } from 'node:path'
import { Arch, build, Platform, type Configuration } from 'electron-builder'
import { run } from '../../bootstrap/command.mjs'
import { root } from '../../bootstrap/places.mjs'
import { fusesFor, publishedConfiguration } from '../configuration.ts'
import { bareCopy, type Distribution } from '../distribution.ts'

/** As a test package is compressed (configuration.ts). */
const quickly = ['--deb-compression-level=1']
/** The smallest program; `npm run bench` starts it too. */
const program = join(root, 'scripts/bench/bare')

/** Packs the bare program as Comptoir is packed, into the folder `output`, and gives its deb. */
export async function packBare(distribution: Distribution, output: string): Promise<string> {
  const electron = join(output, 'electron')
  await bareCopy(distribution, electron)
  process.env['CUSTOM_FPM_PATH'] = join(import.meta.dirname, '../fpm.ts')
  process.env['SOURCE_DATE_EPOCH'] ??= (await run('git', ['-C', root, 'log', '-1', '--format=%ct'])).trim()
  const published = await publishedConfiguration()
  await build({
    projectDir: program,
    config: {
      ...likeThePublished(published, distribution.test),
      electronFuses: fusesFor(published, distribution),
      electronDist: electron,
      electronVersion: distribution.version,
      directories: { output },
    },
    publish: 'never',
    targets: Platform.LINUX.createTarget('deb', Arch.x64),
  })
  return join(output, 'bare.deb')
}

/** What decides of its size and of its start is as published; what is left out is Comptoir's own. */
function likeThePublished(published: Configuration, test: boolean): Configuration {
  const { electronLanguages = [], asar = true, compression = null, linux, deb } = published
  return {
    appId: 'bare',
    productName: 'Bare',
    electronLanguages,
    asar,
    compression,
    npmRebuild: false,
    publish: null,
    files: ['**/*'],
    extraMetadata: { homepage: 'https://bare.example.invalid', description: 'Bare' },
    linux: { ...linux, executableName: 'bare', icon: join(root, linux?.icon ?? '') },
    deb: { ...deb, packageName: 'bare', artifactName: 'bare.deb', fpm: test ? quickly : [] },
  }
}
