/** What ordinary accounts may do in a folder; administrators do everything. */
export type UsersMay = 'read' | 'write'

/** A tool of Windows, and its arguments as they are: no shell reads them. */
export type SystemRun = { readonly tool: string; readonly args: readonly string[] }

// By their identifiers (Microsoft, « Well-known SIDs »): their names are in the language of Windows.
const system = '*S-1-5-18'
const administrators = '*S-1-5-32-544'
const users = '*S-1-5-32-545'
/** For the folder, its folders and its files. */
const everything = '(OI)(CI)'

/**
 * Makes a folder of C:\ProgramData administrators' own, even one that an ordinary account made before, and shut itself in.
 * icacls: /reset drops what is granted to single accounts, /inheritance:r what C:\ProgramData grants to all (to create
 * files); /L: the folder itself, should it become a link.
 */
export function windowsFolderRights(folder: string, usersMay: UsersMay): readonly SystemRun[] {
  const granted = [
    `${system}:${everything}F`,
    `${administrators}:${everything}F`,
    `${users}:${everything}${usersMay === 'read' ? 'RX' : 'M'}`,
  ]
  return [
    ...taken(folder),
    { tool: 'icacls.exe', args: [folder, '/inheritance:r', '/grant:r', ...granted, '/L', '/Q'] },
  ]
}

/** The same for a file, which then has the rights of its folder. */
export function windowsFileRights(file: string): readonly SystemRun[] {
  return taken(file)
}

/** takeown, since icacls /setowner does not take what its owner refuses; /A: to the group of administrators. */
function taken(place: string): readonly SystemRun[] {
  return [
    { tool: 'takeown.exe', args: ['/F', place, '/A'] },
    { tool: 'icacls.exe', args: [place, '/reset', '/L', '/Q'] },
  ]
}
