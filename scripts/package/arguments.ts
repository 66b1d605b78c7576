import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../bootstrap/places.mjs'

/** What `npm run package -- --linux` is asked for. */
export interface LinuxRequest {
  /** Only the program's folder, without an installer around it. */
  readonly folderOnly: boolean
  /** Whether a test package is refused. */
  readonly release: boolean
  /** Whether a test package is wanted even where a release could be made. */
  readonly testPackage: boolean
  /** Instead of package.json's. */
  readonly version: string | undefined
  readonly output: string
}

/** How the command is typed. */
export const USAGE_OF_LINUX =
  'npm run package -- --linux [--dir] [--release | --test-package] [--version X] [--out DIR]'

/** Semantic versions (https://semver.org), without build metadata: Windows and Debian have no place for it. */
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/u

/**
 * Reads the words after `--linux`. Where only the tests' Electron is at hand, a test package is made without
 * being asked for, and `--release` refuses it.
 * @throws {TypeError} saying which word is wrong
 */
export function readLinuxArguments(args: readonly string[]): LinuxRequest {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dir: { type: 'boolean', default: false },
      release: { type: 'boolean', default: false },
      'test-package': { type: 'boolean', default: false },
      version: { type: 'string' },
      out: { type: 'string' },
    },
  })
  if (values.release && values['test-package'])
    throw new TypeError('--release and --test-package contradict each other.')
  if (values.version !== undefined && !VERSION.test(values.version))
    throw new TypeError(`--version ${values.version}: three numbers separated by dots are expected.`)
  return {
    folderOnly: values.dir,
    release: values.release,
    testPackage: values['test-package'],
    version: values.version,
    output: resolve(root, values.out ?? 'release'),
  }
}
