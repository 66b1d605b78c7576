import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { openKeychain } from '../../../native/keychain/secrets.ts'
import { perform } from '../perform.ts'
import { standardStreams } from '../terminal.ts'

/** An installed Comptoir in a folder of its own, in a process of its own: `node installed.ts FOLDER prepare …`. */
const { execPath, argv, versions } = process
const [file = '', folder = '', ...words] = argv.slice(1)
const program = {
  words,
  itself: [execPath, file],
  paths: { settings: join(folder, 'settings/comptoir.json'), data: join(folder, 'data') },
  edition: 'installed',
  version: '1.2.3',
  versions,
  scorerFile: fileURLToPath(new URL('../../operators/password-strength.worker.ts', import.meta.url)),
} as const
process.exit(await perform(program, { terminal: standardStreams, keychain: openKeychain() }))
