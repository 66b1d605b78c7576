import { join } from 'node:path'
import { app, nativeImage, type NativeImage } from 'electron'

let read: NativeImage | undefined

/**
 * The icon of every window on Linux: desktops that do not look for it in the program's desktop entry show this one. The
 * other systems take the executable's.
 */
export function windowIcon(): { readonly icon?: NativeImage } {
  if (process.platform !== 'linux') return {}
  read ??= nativeImage.createFromPath(
    app.isPackaged
      ? join(process.resourcesPath, 'icon.png')
      : join(app.getAppPath(), 'resources/icons/icons/128x128.png'),
  )
  return read.isEmpty() ? {} : { icon: read }
}
