import { readFile } from 'node:fs/promises'
import { prepareTexts as texts } from '../../renderer/ui/texts/prepare.ts'
import { settingsTexts } from '../../renderer/ui/texts/settings.ts'
import { drawnBits, isCode } from '../operators/installation-code.ts'
import { createPasswordScorer } from '../operators/password-strength.ts'
import { installOptions, type InstallOptionName } from '../settings/install-options.ts'
import { installSettings, type InstallValues } from '../settings/install-settings.ts'
import { findSettings, judgeSettings } from '../settings/read.ts'
import { CommandFault } from './fault.ts'
import { linesOf } from './lines.ts'
import type { Program } from './perform.ts'
import type { Terminal } from './terminal.ts'

/** What is to be done on a workstation, once nothing that was typed is at fault. */
export type Plan = {
  /** The comptoir.json that was asked for; null: nothing was said of it. */
  readonly settings: Buffer | null
  /** The first titulaire's one-time code. */
  readonly code: string | null
}

/** The options of `comptoir prepare` as `parseArgs` wants them. */
export const prepareOptions = {
  ...Object.fromEntries(installOptions.map(({ name }) => [name, { type: 'string' }] as const)),
  upgrade: { type: 'boolean' },
} as const

/**
 * What was asked for, with every fault in it: 64, or 78 when only the file of --config has some. Nothing is written yet.
 */
export async function planOf(told: InstallValues, program: Program, terminal: Terminal): Promise<Plan> {
  const bad = installOptions.filter(
    ({ name, check }) => told[name] !== undefined && !check(told[name]) && !isInput(name, told[name]),
  )
  const faults = [...bad.map(({ name }) => texts.badValue(name)), ...contradictionsIn(told)]
  const sound = (name: InstallOptionName): string | undefined =>
    bad.some((option) => option.name === name) ? undefined : told[name]

  const codeFile = sound('code-file')
  const code = codeFile === undefined ? null : await codeIn(codeFile, terminal)
  if (codeFile !== undefined && code === null) faults.push(texts.noFile('code-file'))
  else if (code !== null && !(await isDrawn(code, program))) faults.push(texts.weakCode)

  const config = sound('config')
  if (config !== undefined) {
    const found = findSettings(config)
    if (found.kind !== 'bytes') throw new CommandFault(64, [...faults, texts.noFile('config')])
    const wrong = faultsIn(found.bytes, program)
    if (faults.length > 0) throw new CommandFault(64, [...faults, ...wrong])
    if (wrong.length > 0) throw new CommandFault(78, [texts.configFaulty(config), ...wrong])
    return { settings: found.bytes, code }
  }

  if (faults.length > 0) throw new CommandFault(64, faults)
  const asked = aboutSettings.some((name) => told[name] !== undefined)
  const settings = asked ? Buffer.from(installSettings(told)) : null
  const wrong = settings === null ? [] : faultsIn(settings, program)
  if (wrong.length > 0) throw new CommandFault(64, wrong)
  return { settings, code }
}

/** Each fault of a comptoir.json, as `--check-config` tells it. */
function faultsIn(bytes: Buffer, program: Program): string[] {
  const judged = judgeSettings({ kind: 'bytes', bytes }, program)
  return judged.kind === 'faulty' ? judged.faults.map(settingsTexts.fault) : []
}

/** The options that comptoir.json is made of. */
const aboutSettings = installOptions
  .map(({ name }) => name)
  .filter((name) => name !== 'config' && name !== 'code-file')

function contradictionsIn(told: InstallValues): string[] {
  const given = aboutSettings.filter((name) => told[name] !== undefined)
  if (told.config !== undefined) return given.map(texts.notWithConfig)
  const ofHost = given.filter((name) => name === 'realm' || name === 'client')
  return told.host === undefined ? ofHost.map(texts.needsHost) : []
}

/** Whether a code looks drawn at random: its hash is for everybody to read, and to guess at. */
async function isDrawn(code: string, { scorerFile }: Program): Promise<boolean> {
  if (!isCode(code)) return false
  const scorer = createPasswordScorer({ workerFile: scorerFile })
  try {
    return (await scorer.score(code, [])).bits >= drawnBits
  } finally {
    await scorer.close()
  }
}

/** Whether a value stands for standard input, which only a command has. */
function isInput(name: InstallOptionName, value: string): boolean {
  return name === 'code-file' && value === '-'
}

/** The first line of the code's file, without the byte-order mark of Windows' editors; null: it cannot be read. */
async function codeIn(file: string, terminal: Terminal): Promise<string | null> {
  if (isInput('code-file', file)) return linesOf(terminal, texts.typedCode)[0] ?? ''
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : (text.replace(/^\uFEFF/u, '').split(/\r?\n/u)[0] ?? '')
}
