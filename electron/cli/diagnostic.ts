import { randomUUID } from 'node:crypto'
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { remoteSessionOf } from '../../native/card/remote.ts'
import { systemClock as clock } from '../clock.ts'
import { diagnose } from '../diagnostic/diagnose.ts'
import type { Verdict } from '../diagnostic/finding.ts'
import { reportJson, reportText } from '../diagnostic/report.ts'
import type { DiagnosticSite, KnownOperator } from '../diagnostic/site.ts'
import { readHead } from '../journal/head.ts'
import type { KeptHead } from '../journal/verdict.ts'
import { createOperatorRepository } from '../operators/repository.ts'
import { withLooks } from '../program/diagnostic-looks.ts'
import { createDiagnosticSite, type StorageLooks } from '../program/diagnostic-site.ts'
import type { Settings } from '../settings/schema.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Storage } from '../storage/storage.ts'
import { readWorkstation } from '../storage/workstation.ts'
import { argumentsOf, misused } from './arguments.ts'
import { authorised, authorityFor } from './authority.ts'
import { lookAtCard } from './card-probe.ts'
import { withRecords, withStorage } from './database.ts'
import { notWritten } from './fault.ts'
import { linesOf } from './lines.ts'
import type { CommandCall } from './perform.ts'
import { settingsOrDefaults } from './settings-or-defaults.ts'

const exitCodes: Readonly<Record<Verdict, number>> = { fine: 0, watch: 1, mend: 2 }

/**
 * `--diagnostic [--json] [--named] [--output FILE]`: every check of « Diagnostic du poste », whose file takes the place
 * of the last one. 0: all is well, 1: something is to be watched, 2: something is to be mended. It writes nothing else,
 * and asks nobody, unless the report has names and RPPS: that leaves a row.
 */
export async function diagnostic(call: CommandCall): Promise<number> {
  const { words, usage, program, tools } = call
  const { json, named, output } = argumentsOf(words, {
    usage,
    count: 0,
    options: {
      json: { type: 'boolean', default: false },
      named: { type: 'boolean', default: false },
      output: { type: 'string' },
    },
  }).values
  if (output === '') throw misused(usage)
  const { terminal } = tools
  if (named) await allowNames(call, output === undefined ? 'terminal' : 'file')

  const settings = settingsOrDefaults(program)
  const place = { url: settings.storage.url, dataDir: program.paths.data }
  const { diagnosis, site } = await withLooks(place, async (looks) => {
    const site = siteOf(call, settings, looks)
    return { site, diagnosis: await diagnose(site) }
  })
  const report = json
    ? `${JSON.stringify(reportJson(diagnosis, site, { named }), null, 2)}\n`
    : reportText(diagnosis, site, { named })
  if (output === undefined) for (const line of report.trimEnd().split('\n')) terminal.say(line)
  else {
    await write(resolve(output), report)
    terminal.say(cliTexts.diagnosticWritten(resolve(output)))
  }
  return exitCodes[diagnosis.verdict]
}

function siteOf({ program, tools }: CommandCall, settings: Settings, looks: StorageLooks): DiagnosticSite {
  const { paths, edition, version, versions } = program
  const remote = remoteSessionOf({ platform: process.platform, env: process.env })
  /** Where it takes no migration to open: those are the program's to make. Else rejects with `StorageError`. */
  const read = async <T>(otherwise: T, use: (storage: Storage) => Promise<T>): Promise<T> => {
    const found = await site.database()
    if (found.kind === 'none') return otherwise
    if (found.kind === 'fault') throw new StorageError(found.fault)
    if (found.older) throw new StorageError('unavailable')
    return withStorage(program, use, settings)
  }
  const site = createDiagnosticSite({
    clock,
    paths,
    edition,
    settings,
    version,
    versions,
    card: async () => (settings.card.enabled ? lookAtCard(program, remote) : { kind: 'off' }),
    operatorOf: (rpps) =>
      read<KnownOperator | null>(null, (storage) =>
        createOperatorRepository({ storage, clock }).byRpps({ kind: 'rpps', digits: rpps }),
      ),
    screens: null,
    looks,
    readHead: () =>
      read<KeptHead>({ kind: 'none' }, async (storage) => {
        const { id } = await readWorkstation(storage)
        return readHead(tools.keychain.journalHead(id))
      }),
    keychain: tools.keychain,
  })
  return site
}

/** Names and RPPS leave Comptoir as what is exported does: for who may, and on record before they do. */
async function allowNames({ program, tools }: CommandCall, to: 'file' | 'terminal'): Promise<void> {
  const lines = (): string[] => linesOf(tools.terminal, cliTexts.titulaire)
  const authority = await authorityFor(program, lines, cliTexts.titulaire)
  await withRecords(program, async (records) => {
    await authorised(records, authority, async (trx, by) => {
      await records.journal.appendIn(trx, {
        kind: 'diagnostic.named',
        outcome: 'done',
        details: { ...by, to },
      })
    })
  })
}

/** Whole or not at all, in the place of the last one: a task may do it every night. */
async function write(file: string, report: string): Promise<void> {
  const there = await stat(file).catch(() => null)
  // A device or a pipe (/dev/stdout, NUL) is written to: nothing takes its place.
  if (there !== null && !there.isFile()) {
    return writeFile(file, report).catch(() => {
      throw notWritten(file)
    })
  }
  const unfinished = `${file}.en-cours-${randomUUID()}`
  try {
    await writeFile(unfinished, report, { mode: 0o600 })
    await rename(unfinished, file)
  } catch {
    throw notWritten(file)
  } finally {
    await rm(unfinished, { force: true })
  }
}
