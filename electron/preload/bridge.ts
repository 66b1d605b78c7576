import { contextBridge, ipcRenderer } from 'electron'

/** The channels of this window's role and the two names of the wire: written in by the build, from ipc/contract.ts. */
declare const COMPTOIR_CHANNELS: readonly string[]
declare const COMPTOIR_PREFIX: string
declare const COMPTOIR_VIEW: string

/**
 * The whole of what a page can reach: one named function per channel its window may use, and its view. Pages
 * receive plain values only, never an event of Electron.
 */
const bridge: Record<string, (argument: never) => unknown> = {
  onView: (listener: (numbered: unknown) => void) => {
    const relay = (_event: unknown, numbered: unknown): void => listener(numbered)
    ipcRenderer.on(COMPTOIR_VIEW, relay)
    return () => ipcRenderer.off(COMPTOIR_VIEW, relay)
  },
}
for (const name of COMPTOIR_CHANNELS) {
  bridge[name] = (args: unknown) => ipcRenderer.invoke(COMPTOIR_PREFIX + name, args)
}
contextBridge.exposeInMainWorld('comptoir', bridge)
