import { join } from 'node:path'
import { signAsync } from '@electron/osx-sign'

type SignOptions = Parameters<typeof signAsync>[0]

const folder = join(import.meta.dirname, '../../../resources/installer/macos')

/**
 * The entitlements of a file of the application, by its path in it. electron-builder knows two lists, the application's and
 * its helpers'; the card process's helper wants one of its own, so that no other process may load what we did not sign.
 */
export function entitlementsOf(path: string): string {
  const name = path.includes(' Helper (Plugin).app') ? 'card-process.plist' : 'entitlements.plist'
  return join(folder, name)
}

/** `mac.sign` of electron-builder.yml: signs as electron-builder would, each file with its own entitlements. */
export async function sign(options: SignOptions): Promise<void> {
  const { optionsForFile } = options
  await signAsync({
    ...options,
    optionsForFile: (path) => ({ ...optionsForFile?.(path), entitlements: entitlementsOf(path) }),
  })
}
