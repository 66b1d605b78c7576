import { win32 } from 'node:path'
import { systemRoot, type Environment, type Run } from './run-program.ts'

/** The values of a key by name; a key's own value is named ''. */
export type Values = ReadonlyMap<string, string>

/** Reads HKEY_LOCAL_MACHINE\SOFTWARE. */
export type Registry = { readonly values: (key: string) => Promise<Values> }

/** Cryptolib's installer writes here (ANS, PSCC_SpecFonct_msi_cryptolib, annex B). */
export const cryptolibKey = 'ASIP\\Cryptolib CPS'

/**
 * The registry of Windows by its own reg.exe: the view of 64 bits, else that of 32, where the 32-bit installer writes.
 * Each key is asked for once. What cannot be read has no values; letters with accents may come out wrong, since
 * reg.exe prints in the system's old code page.
 */
export function registryOf(env: Environment, run: Run): Registry {
  const known = new Map<string, Promise<Values>>()
  const program = win32.join(systemRoot(env), 'System32', 'reg.exe')
  const query = async (key: string, view: '/reg:64' | '/reg:32') =>
    parseValues((await run(program, ['query', `HKLM\\SOFTWARE\\${key}`, view])) ?? '')
  return {
    values: (key) => {
      const values =
        known.get(key) ??
        query(key, '/reg:64').then((found) => (found.size > 0 ? found : query(key, '/reg:32')))
      known.set(key, values)
      return values
    },
  }
}

/**
 * Reads what `reg query` prints: a value a line, of name, type and data, indented and apart by four spaces. The name
 * of a key's own value is in the system's language, in parentheses.
 */
function parseValues(output: string): Values {
  const values = new Map<string, string>()
  for (const line of output.split(/\r?\n/u)) {
    const { name, data } = /^ {4}(?<name>.*?) {4}REG_(?:EXPAND_)?SZ {4}(?<data>.*)$/u.exec(line)?.groups ?? {}
    if (name !== undefined && data !== undefined) values.set(/^\(.*\)$/u.test(name) ? '' : name, data.trim())
  }
  return values
}
