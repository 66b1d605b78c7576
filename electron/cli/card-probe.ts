import { probeAside, probeCards } from '../../native/card/probe.ts'
import { remoteSession, type RemoteSession } from '../../native/card/protocol.ts'
import type { CardSight } from '../diagnostic/site.ts'
import { argumentsOf, misused } from './arguments.ts'
import type { CommandCall, Program } from './perform.ts'
import { settingsOrDefaults } from './settings-or-defaults.ts'

/** Less than the check has (diagnostic/card-sight.ts), which then says that Cryptolib hangs. In milliseconds. */
const probeMs = 8000

/** The card as this program, started again, reads it: what Cryptolib does to that process is what is found. */
export function lookAtCard(
  { itself, paths }: Pick<Program, 'itself' | 'paths'>,
  remote: RemoteSession | null,
): Promise<CardSight> {
  return probeAside({
    command: [...itself, 'card-probe', ...(remote === null ? [] : [remote])],
    // An installed program has its own, whatever this says (settings/paths.ts).
    env: { COMPTOIR_CONFIG: paths.settings },
    patienceMs: probeMs,
  })
}

/** `card-probe [rdp|citrix|other]`: what `lookAtCard` starts. Cryptolib is the one that the settings name. */
export async function probeCard({ words, usage, program, tools }: CommandCall): Promise<number> {
  const [word, ...others] = argumentsOf(words, { usage, count: words.length, options: {} }).positionals
  const { data: remote } = remoteSession.nullable().safeParse(word ?? null)
  if (remote === undefined || others.length > 0) throw misused(usage)
  const { modulePath } = settingsOrDefaults(program).card
  tools.terminal.say(JSON.stringify(await probeCards({ modulePath, remote })))
  return 0
}
