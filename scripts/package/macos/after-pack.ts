import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AfterPackContext } from 'electron-builder'

const opened = /(?<key><key>NSAllowsArbitraryLoads<\/key>\s*)<true\s*\/>/gu

/**
 * An Info.plist that asks App Transport Security for no exception but this machine's own addresses. electron-builder
 * allows every http address, for an updater that we do not have, and does so after it has read `mac.extendInfo`.
 * @throws when it no longer has the one line that this takes back
 */
export function withTransportSecurity(plist: string): string {
  const found = [...plist.matchAll(opened)].length
  if (found !== 1) throw new Error(`Info.plist allows every http address ${found} times: once was expected`)
  return plist.replace(opened, '$<key><false/>')
}

/** `afterPack` of electron-builder.yml: before the application is signed. */
export async function afterPack(context: AfterPackContext): Promise<void> {
  if (context.electronPlatformName !== 'darwin') return
  const { productFilename } = context.packager.appInfo
  const file = join(context.appOutDir, `${productFilename}.app`, 'Contents/Info.plist')
  await writeFile(file, withTransportSecurity(await readFile(file, 'utf8')))
}
