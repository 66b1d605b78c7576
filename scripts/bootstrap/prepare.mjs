import { existsSync, readdirSync } from 'node:fs'
import { installAddon, isToCompile } from './addon.mjs'
import { betterSqlite3, shippedBetterSqlite3 } from './better-sqlite3.mjs'
import { isOnPath } from './command.mjs'
import { debianPackages } from './debian.mjs'
import { electron } from './electron.mjs'
import { missingLibraries } from './libraries.mjs'
import { nodeModules } from './node-modules.mjs'
import { pkcs11js } from './pkcs11js.mjs'

/** @typedef {'electron' | 'display' | 'browser' | 'postgresql' | 'card' | 'keychain' | 'scratch-root' | 'windows-tools'} Need */

/** Where Debian puts PostgreSQL's servers, one folder for each version. */
const POSTGRESQL = '/usr/lib/postgresql'
/** Where Debian puts libraries, one folder for each architecture. */
const LIBRARIES = '/usr/lib'
/** Debian's folder of daemons, which is not on an ordinary user's PATH. */
const PCSCD = '/usr/sbin/pcscd'
/** Brings up the private network of the virtual readers. */
const IP = '/usr/sbin/ip'
/** What makes the Windows parts: NSIS, wixl for the MSI, and compilers for both processors. */
const WINDOWS_TOOLS = {
  makensis: 'nsis',
  'x86_64-w64-mingw32-gcc': 'gcc-mingw-w64-x86-64',
  'i686-w64-mingw32-gcc': 'gcc-mingw-w64-i686',
  '7za': 'p7zip-full',
  wixl: 'wixl',
}
const VIRTUAL_READER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'

/**
 * Installs what a command needs and does not find; node modules always. Says nothing when all is there.
 * @param {readonly Need[]} needs
 * @returns {Promise<string | undefined>} the Electron executable, when it is among the needs
 * @throws {import('./terminal.mjs').CannotInstall} saying in one sentence what to type
 */
export async function prepare(needs) {
  await nodeModules()
  const runtime = needs.includes('electron') ? await electron() : undefined
  const addons = await addonsFor(needs, runtime)
  const packages = []
  if (runtime) packages.push(...(await missingLibraries(runtime.executable)))
  if (needs.includes('card') || (process.platform === 'linux' && addons.some(isToCompile)))
    packages.push(...missingPrograms({ 'g++': 'g++' }))
  if (needs.includes('display'))
    packages.push(...missingPrograms({ Xvfb: 'xvfb', openbox: 'openbox', xdotool: 'xdotool' }))
  if (needs.includes('browser')) packages.push(...missingPrograms({ chromium: 'chromium' }))
  if (needs.includes('postgresql') && !isInSubfolder(POSTGRESQL, 'bin/initdb')) packages.push(['postgresql'])
  if (needs.includes('card')) packages.push(...missingForCards())
  if (needs.includes('keychain')) packages.push(...missingForKeychain())
  if (needs.includes('scratch-root')) packages.push(...missingPrograms({ debootstrap: 'debootstrap' }))
  if (needs.includes('windows-tools')) packages.push(...missingForWindows())
  await debianPackages(packages)
  if (runtime !== undefined && runtime.oldNodeApi === undefined) await shippedBetterSqlite3()
  for (const addon of addons) await installAddon(addon)
  return runtime?.executable
}

/**
 * The addons that must be compiled for what will run.
 * @param {readonly Need[]} needs
 * @param {import('./electron.mjs').Runtime | undefined} runtime
 */
async function addonsFor(needs, runtime) {
  const addons = []
  if (runtime?.oldNodeApi !== undefined) addons.push(await betterSqlite3(runtime.oldNodeApi))
  if (runtime !== undefined || needs.includes('card')) addons.push(await pkcs11js())
  return addons
}

/** What the tests' cards and readers are made of; the tests compile their own modules with gcc, which g++ brings. */
function missingForCards() {
  return [
    ...missingPrograms({ 'softhsm2-util': 'softhsm2' }),
    ...(isInSubfolder(LIBRARIES, 'opensc-pkcs11.so') ? [] : [['opensc-pkcs11']]),
    ...(existsSync(PCSCD) ? [] : [['pcscd']]),
    ...(existsSync(VIRTUAL_READER) ? [] : [['vsmartcard-vpcd']]),
    ...(existsSync(IP) ? [] : [['iproute2']]),
  ]
}

/** The tests' own keychains, each on a session bus of its own, and the library through which Comptoir asks them. */
function missingForKeychain() {
  return [
    ...missingPrograms({ 'gnome-keyring-daemon': 'gnome-keyring', 'dbus-daemon': 'dbus-daemon' }),
    ...(isInSubfolder(LIBRARIES, 'libsecret-1.so.0') ? [] : [['libsecret-1-0']]),
  ]
}

/** What compiles the Windows parts, and Wine, which tries them: Debian keeps it out of everybody's PATH. */
function missingForWindows() {
  return [...missingPrograms(WINDOWS_TOOLS), ...(existsSync('/usr/lib/wine/wine64') ? [] : [['wine64']])]
}

/** @param {Record<string, string>} programs for each program, the Debian package that has it */
function missingPrograms(programs) {
  return Object.entries(programs).flatMap(([program, name]) => (isOnPath(program) ? [] : [[name]]))
}

/**
 * Whether a subfolder of the folder has a file at that path.
 * @param {string} folder
 * @param {string} path
 */
function isInSubfolder(folder, path) {
  return existsSync(folder) && readdirSync(folder).some((name) => existsSync(`${folder}/${name}/${path}`))
}
