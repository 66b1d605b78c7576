import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { prepareTexts as texts } from '../../renderer/ui/texts/prepare.ts'
import { settingsTexts } from '../../renderer/ui/texts/settings.ts'
import example from '../../resources/comptoir.exemple.json' with { type: 'json' }
import { systemClock as clock } from '../clock.ts'
import { readInstallationCode, writeInstallationCode } from '../operators/installation-code.ts'
import { installSettings } from '../settings/install-settings.ts'
import { settingsJsonSchema } from '../settings/json-schema.ts'
import { clearUnfinished, placeFile, renewFile } from '../settings/place-settings.ts'
import { findSettings, judgeSettings } from '../settings/read.ts'
import { provideFolder, takeBack, type Provided } from '../settings/rights.ts'
import type { Program } from './perform.ts'
import type { Plan } from './prepare-plan.ts'

type Work = {
  readonly program: Program
  /** What an administrator changed or took away since the installation stays so. */
  readonly upgrade: boolean
  readonly say: (line: string) => void
}

/** Prepares the workstation, saying each thing; resolves to the faults of a comptoir.json that was there and stays. */
export async function carryOut(plan: Plan, work: Work): Promise<string[]> {
  const { program, upgrade, say } = work
  const { settings, data } = program.paths
  const folder = dirname(settings)
  const provided = await provideFolder(folder, 'read', upgrade)
  say(texts.folder(folder, 'read')[provided])
  say(texts.folder(data, 'write')[await provideFolder(data, 'write', upgrade)])
  await clearUnfinished(folder)

  const faults = await provideSettings(plan, provided, work)
  for (const [name, content] of ours) {
    const file = join(folder, name)
    const written = await renewFile(file, `${JSON.stringify(content(), null, 2)}\n`)
    say(written ? texts.written(file) : texts.upToDate(file))
  }
  await provideCode(plan, provided, work)
  return faults
}

/** What stands beside comptoir.json and is renewed at each upgrade. */
const ours = [
  ['comptoir.schema.json', settingsJsonSchema],
  ['comptoir.exemple.json', () => example],
] as const

/** What is written where nothing was said; nobody's work is lost when an installer that is told something replaces it. */
const nothingSet = Buffer.from(installSettings({}))

/** comptoir.json: written if absent, never over one that somebody wrote; resolves to the faults of the one that stays. */
async function provideSettings(
  { settings: asked }: Plan,
  provided: Provided,
  { program, upgrade, say }: Work,
): Promise<string[]> {
  const file = program.paths.settings
  const found = findSettings(file)
  if (found.kind === 'absent') {
    // As of a conffile (Debian policy §10.7.3): an upgrade does not bring back what an administrator deleted.
    if (upgrade && asked === null) {
      say(texts.settingsAbsent(file))
      return []
    }
    await placeFile(file, asked ?? nothingSet, 'ifAbsent')
    say(texts.written(file))
    return []
  }
  if (!upgrade) await takeBack(file)
  const same = asked === null || (found.kind === 'bytes' && found.bytes.equals(asked))
  if (!same && found.kind === 'bytes' && found.bytes.equals(nothingSet)) {
    await placeFile(file, asked, 'replace')
    say(texts.written(file))
    return []
  }
  say(same ? texts.settingsKept(file) : texts.settingsKeptAsIs(file))
  if (provided === 'taken-back') say(texts.wasThere(file))
  const judged = judgeSettings(found, program)
  return judged.kind === 'faulty' ? judged.faults.map(settingsTexts.fault) : []
}

/** The first titulaire's code: of one that an ordinary account may have put there, nothing is kept. */
async function provideCode({ code }: Plan, provided: Provided, { program, say }: Work): Promise<void> {
  const folder = dirname(program.paths.settings)
  const file = join(folder, 'code-titulaire.json')
  if (code !== null) {
    await writeInstallationCode(folder, code, new Date(clock.now()))
    const kept = await readInstallationCode(folder)
    if (kept !== null) say(texts.codeKept(file, kept.until))
  } else if (provided === 'taken-back' && existsSync(file)) {
    await rm(file)
    say(texts.codeDropped(file))
  }
}
