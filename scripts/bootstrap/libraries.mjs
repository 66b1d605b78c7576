import { capture } from './command.mjs'
import { CannotInstall } from './terminal.mjs'

/**
 * The Debian packages of each shared library the program may want; the name of Debian 13 first, then of Debian 12.
 * @type {Record<string, readonly string[]>}
 */
export const PACKAGES = {
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgcc_s.so.1': ['libgcc-s1'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libgdk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libsmime3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libpangocairo-1.0.so.0': ['libpangocairo-1.0-0'],
  'libpcsclite.so.1': ['libpcsclite1'],
  'libsecret-1.so.0': ['libsecret-1-0'],
  'libstdc++.so.6': ['libstdc++6'],
  'libudev.so.1': ['libudev1'],
  'libX11.so.6': ['libx11-6'],
  'libxcb.so.1': ['libxcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libXrandr.so.2': ['libxrandr2'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
}

/** Loaded while the program runs, by name or with pcsc-mini, so that `ldd` does not know of them. */
const LOADED_LATER = ['libgtk-3.so.0', 'libpcsclite.so.1', 'libsecret-1.so.0']

/**
 * The packages whose shared libraries the executable misses on this machine.
 * @param {string} executable
 * @returns {Promise<(readonly string[])[]>} for each, the names it may have
 * @throws {CannotInstall} when it misses a library nobody has told us about
 */
export async function missingLibraries(executable) {
  if (process.platform !== 'linux') return []
  const [linked, known] = await Promise.all([
    capture('ldd', [executable]),
    // Where an ordinary user's PATH has no sbin, ldconfig is still there.
    capture('ldconfig', ['-p'], { env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` } }),
  ])
  const unlinked = [...linked.stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => String(match[1]))
  const unknown = LOADED_LATER.filter((library) => !known.stdout.includes(`\t${library} `))
  return [...new Set([...unlinked, ...unknown])].map((library) => {
    const names = PACKAGES[library]
    if (names === undefined) {
      throw new CannotInstall(`The program needs ${library}: install it with your system’s package manager.`)
    }
    return names
  })
}
