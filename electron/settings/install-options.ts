/**
 * What an installer may be told, in one table: `comptoir prepare` spells `host` as `--host`, NSIS as `/HOST=…`, msiexec as
 * `HOST=…`. Each alphabet leaves out what one of the three reads as its own: `"` and control characters (CommandLineToArgvW),
 * `%` and `^` (cmd), `[ ] { }` (formatted text of MSI), `$` but in the share of a path (NSIS).
 */
export type InstallOption = {
  readonly name: InstallOptionName
  /** Its name for NSIS and msiexec. */
  readonly installer: Uppercase<string>
  /** Whether a value may be given to it. What several options owe each other, and the settings' own rules, come after. */
  readonly check: (value: string) => boolean
}

export type InstallOptionName =
  | 'config'
  | 'host'
  | 'realm'
  | 'client'
  | 'pharmacy'
  | 'finess'
  | 'workstation'
  | 'support'
  | 'phone'
  | 'code-file'

/** A complete path of either system, or of a share, that ends with the name of a file. */
const file = matches(/^(?:\/|[A-Za-z]:\\|\\\\)[\p{L}\d \\/:._~()'’&+,@#=$-]{0,255}[\p{L}\d_)]$/u)

/** The name of an officine, of a workstation, of an assistance: « Pharmacie de l'Étoile (Dupont & Fils) n° 2 ». */
const name = matches(/^[\p{L}\d(][\p{L}\p{M}\d '’&().,+:°_-]{0,99}$/u)

export const installOptions: readonly InstallOption[] = [
  { name: 'config', installer: 'CONFIG', check: file },
  { name: 'host', installer: 'HOST', check: isHost },
  // Neither begins with a dot: « .. » would be another address than the one that was typed.
  { name: 'realm', installer: 'REALM', check: matches(/^[A-Za-z\d_][A-Za-z\d._-]{0,63}$/u) },
  { name: 'client', installer: 'CLIENT', check: matches(/^[A-Za-z\d_][A-Za-z\d._-]{0,127}$/u) },
  { name: 'pharmacy', installer: 'PHARMACY', check: name },
  // Nine signs, the département first: Corsica's are 2A and 2B.
  { name: 'finess', installer: 'FINESS', check: matches(/^\d[\dAB]\d{7}$/u) },
  { name: 'workstation', installer: 'WORKSTATION', check: name },
  { name: 'support', installer: 'SUPPORT', check: name },
  { name: 'phone', installer: 'PHONE', check: matches(/^\+?\d[\d .()-]{1,23}$/u) },
  { name: 'code-file', installer: 'CODEFILE', check: file },
]

function matches(pattern: RegExp): InstallOption['check'] {
  return (value) => pattern.test(value)
}

/** HOST or HOST:PORT; labels as RFC 1123 §2.1 has them, of RFC 1035 §2.3.4's lengths. */
function isHost(value: string): boolean {
  const label = '[A-Za-z\\d](?:[A-Za-z\\d-]{0,61}[A-Za-z\\d])?'
  const parts = new RegExp(`^(?<host>${label}(?:\\.${label})*)(?::(?<port>[1-9]\\d{0,4}))?$`, 'u').exec(value)
  const { host = '', port = '443' } = parts?.groups ?? {}
  return host !== '' && host.length <= 253 && Number(port) <= 65_535
}
