import { readFile, stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'
import * as z from 'zod'
import { cryptolibKey, type Registry } from './registry.ts'
import { systemRoot, type Environment } from './run-program.ts'

export type Workstation = {
  readonly platform: string
  readonly arch: string
  readonly env: Environment
  /** Windows only. */
  readonly registry: Registry | null
  /** Where a path of that workstation is on this one: itself, but for tests. */
  readonly locate: (path: string) => string
}

/**
 * Where Cryptolib may be, likeliest first: what the manifests that it installs for Firefox say, then the installer's
 * folder, then the default paths, old ones included (cryptolib-cps.md §1). Absolute paths.
 */
export async function placesOf(workstation: Workstation): Promise<string[]> {
  const { registry } = workstation
  return [
    ...new Set(
      registry === null ? await placesOfUnix(workstation) : await placesOfWindows(workstation, registry),
    ),
  ]
}

async function placesOfUnix({ platform, locate }: Workstation): Promise<string[]> {
  const { manifests, paths } = platform === 'darwin' ? macOS : linux
  const told = await Promise.all(manifests.map((manifest) => pathIn(manifest, posix, locate)))
  return [...told.flatMap((path) => path ?? []), ...paths]
}

const macOS = {
  manifests: ['/Library/Application Support/Mozilla/PKCS11Modules/cps3.json'],
  paths: ['/usr/local/lib/libcps3_pkcs11_osx.dylib', '/usr/local/lib/libcps_pkcs11_osx.dylib'],
}
const linux = {
  // The package installs it for both.
  manifests: ['/usr/lib64/mozilla/pkcs11-modules/cps3.json', '/usr/lib/mozilla/pkcs11-modules/cps3.json'],
  paths: [
    '/usr/lib64/libcps3_pkcs11_lux.so',
    '/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so',
    '/usr/local/galss/libcps3_pkcs11_lux.so',
  ],
}

const w64 = 'cps3_pkcs11_w64.dll'
const w32 = 'cps3_pkcs11_w32.dll'

/**
 * The installer of 64 bits brings both libraries, that of 32 bits only its own. The bitness is in the file's name, so
 * that the redirection of System32 for 32-bit processes cannot give one for the other: such a process sees SysWOW64 as
 * System32, and System32 as Sysnative.
 */
async function placesOfWindows({ arch, env, locate }: Workstation, registry: Registry): Promise<string[]> {
  const [cps3, cps3x86, cryptolib] = await Promise.all([
    registry.values('Mozilla\\PKCS11Modules\\cps3'),
    registry.values('Mozilla\\PKCS11Modules\\cps3_x86'),
    registry.values(cryptolibKey),
  ])
  const root = systemRoot(env)
  const { root: drive } = win32.parse(root)
  const folder = cryptolib.get('InstallDir') ?? win32.join(drive, 'Program Files', 'santesocial', 'CPS')
  const [told64, told32] = await Promise.all([
    pathIn(cps3.get('') ?? win32.join(folder, 'cps3.json'), win32, locate),
    pathIn(cps3x86.get('') ?? win32.join(folder, 'cps3_x86.json'), win32, locate),
  ])
  const places64 = [
    told64 ?? [],
    win32.join(folder, w64),
    win32.join(root, arch === 'ia32' ? 'Sysnative' : 'System32', w64),
  ].flat()
  const places32 = [
    told32 ?? [],
    win32.join(folder, w32),
    win32.join(root, 'SysWOW64', w32),
    win32.join(root, 'System32', w32),
    // Of CPS2ter, no longer installed since 5.1.6.
    win32.join(root, 'cps_pkcs11_w32.dll'),
    win32.join(root, 'cps_pkcs11_pcsc_w32.dll'),
  ].flat()
  return arch === 'ia32' ? [...places32, ...places64] : [...places64, ...places32]
}

const manifestSchema = z.looseObject({ path: z.string().min(1) })
const manifestBytes = 65_536

/**
 * The library that a manifest names, relative to its own folder where it is (MDN, « Native manifests », PKCS #11);
 * null where there is no such manifest.
 */
async function pathIn(
  manifest: string,
  paths: typeof posix,
  locate: Workstation['locate'],
): Promise<string | null> {
  try {
    const file = locate(manifest)
    const status = await stat(file)
    if (!status.isFile() || status.size > manifestBytes) return null
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '')
    const { path } = manifestSchema.parse(JSON.parse(text))
    return paths.isAbsolute(path) ? path : paths.join(paths.dirname(manifest), path)
  } catch {
    return null
  }
}
