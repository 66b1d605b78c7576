import { dirname } from 'node:path'
import { prepareTexts as texts } from '../../renderer/ui/texts/prepare.ts'
import { assertNever } from '../assert-never.ts'
import { isInstalled } from '../settings/edition.ts'
import { installOptions } from '../settings/install-options.ts'
import type { InstallValues } from '../settings/install-settings.ts'
import { isAdministrator, isOnSystemDisk, PlaceFault } from '../settings/rights.ts'
import { argumentsOf } from './arguments.ts'
import { CommandFault } from './fault.ts'
import type { CommandCall } from './perform.ts'
import { planOf, prepareOptions } from './prepare-plan.ts'
import { carryOut } from './prepare-work.ts'

/**
 * `prepare`: what every installer runs once the files of the program are in place. Nothing is written before all that was
 * typed is found right; what an interrupted run left, the next one completes.
 */
export async function prepare({ words, usage, program, tools: { terminal } }: CommandCall): Promise<number> {
  const { values } = argumentsOf(words, { usage, count: 0, options: prepareOptions })
  if (!isInstalled(program.edition)) throw new CommandFault(1, [texts.installedOnly])
  if (!(await isAdministrator())) throw new CommandFault(1, [texts.administratorOnly])
  if (!isOnSystemDisk()) throw new CommandFault(1, [texts.otherDisk])
  const plan = await planOf(toldIn(values), program, terminal)
  const { settings } = program.paths
  const upgrade = values['upgrade'] === true
  const faults = await carryOut(plan, { program, upgrade, say: terminal.say }).catch((error: unknown) => {
    throw explained(error, dirname(settings))
  })
  if (faults.length > 0) throw new CommandFault(78, [texts.settingsFaulty(settings), ...faults])
  return 0
}

function toldIn(values: Readonly<Record<string, string | boolean | undefined>>): InstallValues {
  return Object.fromEntries(
    installOptions.flatMap(({ name }) => {
      const value = values[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

/** What the disk or the system refused, in French; `folder`: where most is written. */
function explained(error: unknown, folder: string): unknown {
  if (error instanceof PlaceFault) return new CommandFault(74, [placeLine(error)])
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error
  const place = 'path' in error && typeof error.path === 'string' ? error.path : folder
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT'
  return new CommandFault(74, [full ? texts.diskFull(place) : texts.notWritten(place, String(error.code))])
}

function placeLine({ reason, place }: PlaceFault): string {
  switch (reason) {
    case 'link':
      return texts.link(place)
    case 'not-folder':
      return texts.notFolder(place)
    case 'rights':
      return texts.noRights(place)
    default:
      return assertNever(reason)
  }
}
