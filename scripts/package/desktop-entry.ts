import { readFile, writeFile } from 'node:fs/promises'

const opening = /^Exec=\/opt\/Comptoir\/comptoir %U$/gmu

/**
 * A desktop entry that starts the command (resources/installer/linux/comptoir.sh), which electron-builder lets no entry do,
 * and opens no file: one dropped on the icon would be taken for a command (electron/cli/command.ts), and file managers
 * would propose Comptoir for every kind of them. electron-builder lets no entry be without `%U` either.
 * @throws when it no longer has the one that this takes away
 */
export function withoutFiles(entry: string): string {
  const found = [...entry.matchAll(opening)].length
  if (found !== 1) throw new Error(`The desktop entry opens files ${found} times: once was expected`)
  return entry.replace(opening, 'Exec=/usr/bin/comptoir')
}

/** `effectiveOptionComputed` of electron-builder: the entry is written, and has yet to be packed; it shall be. */
export async function takeFilesAway([, file]: readonly [args: unknown, file: string]): Promise<boolean> {
  await writeFile(file, withoutFiles(await readFile(file, 'utf8')))
  return false
}
