import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'
import type { Configuration } from 'electron-builder'

type Fuses = NonNullable<Configuration['electronFuses']>

/** The names of electron-builder.yml for the fuses of Electron. */
const names = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
} as const satisfies Record<Exclude<keyof Fuses, 'resetAdHocDarwinSignature'>, FuseV1Options>

/** What the wire of an executable holds for a fuse (electron/build/fuses). */
const STATES: Record<number, string> = { 0x30: 'off', 0x31: 'on', 0x72: 'removed', 0x90: 'inherited' }

/** The ninth fuse, of Electron 43: @electron/fuses 1.8 cannot set it, and on, as it comes, is what we want. */
const WASM_TRAP_HANDLERS = '8'

/** One fuse as it was wanted and as the executable has it. */
export interface FuseReading {
  readonly name: string
  readonly wanted: 'on' | 'off' | 'absent'
  readonly found: string
}

/** Reads the fuses of an executable, each beside what was wanted. */
export async function readFuses(executable: string, wanted: Fuses): Promise<FuseReading[]> {
  const { version, ...wire } = await getCurrentFuseWire(executable)
  if (version !== FuseVersion.V1)
    throw new Error(`${executable}: unknown version of fuses, ${String(version)}`)
  const found = new Map(Object.entries(wire).map(([index, state]) => [index, stateOf(Number(state))]))
  const ours = Object.entries(names).map(([name, index]) => {
    const choice = Object.entries(wanted).find(([key]) => key === name)?.[1]
    const state = found.get(String(index)) ?? 'absent'
    return { name, wanted: choice === undefined ? 'absent' : choice ? 'on' : 'off', found: state } as const
  })
  const known = new Set(Object.values(names).map(String))
  const others = [...found].filter(([index]) => !known.has(index))
  return [
    ...ours,
    ...others.map(([index, state]) =>
      index === WASM_TRAP_HANDLERS
        ? ({ name: 'wasmTrapHandlers', wanted: 'on', found: state } as const)
        : ({ name: `number ${index}`, wanted: 'absent', found: state } as const),
    ),
  ]
}

function stateOf(byte: number): string {
  return STATES[byte] ?? `0x${byte.toString(16)}`
}

/** What is wrong with the fuses, a line each. */
export function fuseFaults(readings: readonly FuseReading[]): string[] {
  return readings
    .filter(({ wanted, found }) => wanted !== found)
    .map(({ name, wanted, found }) => `fuse ${name}: ${found} instead of ${wanted}`)
}
