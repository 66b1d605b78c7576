import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { importTexts } from '../../renderer/ui/texts/operators-import.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { systemClock as clock } from '../clock.ts'
import { hashPassword } from '../identification/password.ts'
import type { ImportReport } from '../ipc/operator-views.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import { maxListBytes } from '../operators/import-list.ts'
import { createOperatorImport } from '../operators/import.ts'
import { createPasswordScorer } from '../operators/password-strength.ts'
import type { Records } from '../program/records.ts'
import type { Settings } from '../settings/schema.ts'
import { argumentsOf } from './arguments.ts'
import { authorised, authorityFor, byCommand } from './authority.ts'
import { withRecords } from './database.ts'
import { linesOf } from './lines.ts'
import type { CommandCall } from './perform.ts'
import type { Terminal } from './terminal.ts'

/**
 * `operators import FILE [--dry-run]`: tells what is in each line, what is wrong on standard error, and creates
 * everybody or nobody. A dry run tells which codes and RPPS are taken: it is authorised too.
 */
export async function importOperators({ words, usage, program, tools }: CommandCall): Promise<number> {
  const { terminal } = tools
  const { values, positionals } = argumentsOf(words, {
    usage,
    count: 1,
    options: { 'dry-run': { type: 'boolean', default: false } },
  })
  const [file = ''] = positionals
  const name = basename(file)
  const bytes = await readList(file)
  const dryRun = values['dry-run']
  const authority = await authorityFor(
    program,
    () => linesOf(terminal, cliTexts.titulaire),
    cliTexts.titulaire,
  )

  const work = async (records: Records, { pharmacy }: Settings): Promise<number> => {
    if (dryRun) await authorised(records, authority)
    const scorer = createPasswordScorer({ workerFile: program.scorerFile })
    let [hashed, toHash] = [0, 0]
    const lists = createOperatorImport({
      ...records,
      clock,
      scorer,
      pharmacy: () => pharmacy.name ?? texts.pharmacy,
      hashPassword: async (password) => {
        const hash = await hashPassword(password)
        terminal.progress(cliTexts.passwordsHashed(++hashed, toHash))
        return hash
      },
    })
    try {
      const reading = await lists.read({ kind: 'file', name, bytes }, byCommand(null))
      tellReport(reading.report, terminal)
      if (!reading.report.acceptable) return 1
      if (dryRun) {
        terminal.say(cliTexts.dryRun(reading.report.lines.length))
      } else {
        toHash = reading.report.lines.length
        const prepared = await lists.prepare(reading)
        await authorised(records, authority, async (trx, by, reference) => {
          await lists.apply(trx, by, prepared, reference)
        })
        terminal.say(importTexts.created(toHash))
      }
      terminal.say(importTexts.deleteFile(file))
      return 0
    } finally {
      await scorer.close()
    }
  }
  return withRecords(program, work, { existing: dryRun })
}

/** One byte more than a list may have is enough to refuse it. */
async function readList(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxListBytes + 1), 0, maxListBytes + 1, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch {
    throw new Refusal('file-not-read', newReference(), { detail: file })
  }
}

/** What can be created is told on standard output, with what is to be seen of it; what is wrong, on standard error. */
function tellReport({ lines, unreadable }: ImportReport, terminal: Terminal): void {
  if (unreadable !== null) terminal.complain(importTexts.unreadable[unreadable])
  for (const { line, code, name, role, rpps, faults, remarks } of lines) {
    for (const fault of faults) terminal.complain(cliTexts.importLine(line, code, importTexts.faults[fault]))
    if (faults.length > 0) continue
    const operator = cliTexts.newOperator([name, role, rpps].filter((part) => part !== ''))
    const toSee = remarks.map((remark) => importTexts.remarks[remark])
    terminal.say(cliTexts.importLine(line, code, operator, ...toSee))
  }
  const wrong = lines.filter(({ faults }) => faults.length > 0).length
  if (wrong > 0) terminal.complain(importTexts.summary(lines.length, wrong))
}
