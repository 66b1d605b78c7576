import { dialog, type BrowserWindow } from 'electron'

/** Asks over `window` which file is to be read; null: none. */
export type ChooseFile = (
  window: BrowserWindow | null,
  asked: {
    readonly title: string
    readonly kind: string
    /** Without their dots. */
    readonly extensions: readonly string[]
  },
) => Promise<string | null>

export const chooseFile: ChooseFile = async (window, { title, kind, extensions }) => {
  const options = {
    title,
    filters: [{ name: kind, extensions: [...extensions] }],
    properties: ['openFile' as const],
  }
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return canceled ? null : (filePaths[0] ?? null)
}
