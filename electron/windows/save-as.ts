import { dialog, type BrowserWindow } from 'electron'

/** Asks over `window` where a file is to be written; null: nowhere. */
export type SaveAs = (
  window: BrowserWindow | null,
  asked: {
    readonly title: string
    /** Proposed, without its folder. */
    readonly name: string
    readonly kind: string
    /** Without its dot. */
    readonly extension: string
  },
) => Promise<string | null>

export const saveAs: SaveAs = async (window, { title, name, kind, extension }) => {
  const options = {
    title,
    defaultPath: `${name}.${extension}`,
    filters: [{ name: kind, extensions: [extension] }],
  }
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  return canceled || filePath === undefined || filePath === '' ? null : filePath
}
