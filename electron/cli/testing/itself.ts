import { openKeychain } from '../../../native/keychain/secrets.ts'
import { pathsOf } from '../../settings/paths.ts'
import { perform, type Program } from '../perform.ts'
import { standardStreams } from '../terminal.ts'

/** Comptoir as a command starts it again, without Electron: `node itself.ts card-probe`. */
const { platform, env, execPath, argv, versions } = process
const [file = '', ...words] = argv.slice(1)
const paths = pathsOf({ platform, env, edition: 'development' })
const program: Program = {
  words,
  itself: [execPath, file],
  paths,
  edition: 'development',
  version: '1.2.3',
  versions,
  scorerFile: '',
}
process.exit(await perform(program, { terminal: standardStreams, keychain: openKeychain() }))
