import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Diagnosis, Checked } from '../diagnostic/diagnose.ts'
import { checkIds, type CheckId } from '../diagnostic/finding.ts'
import type { DiagnosticSite } from '../diagnostic/site.ts'
import type { Handlers } from '../ipc/answer.ts'
import { Refusal } from '../ipc/result.ts'
import type { ViewOf } from '../ipc/views.ts'
import { referenceOf } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { isActive, localDay, type Operator } from '../operators/operator.ts'
import { hasRight } from '../operators/rights.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { Settings } from '../settings/schema.ts'
import type { DiagnosticWindow } from '../windows/diagnostic.ts'
import type { SaveAs } from '../windows/save-as.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { diagnosticWindowTexts as words } from '../../renderer/ui/texts/diagnostic-window.ts'
import type { Records } from './records.ts'

/** « Diagnostic du poste »: for everyone, also with nobody connected; names and RPPS only for who reads the journal. */
export type DiagnosticDesk = {
  readonly view: () => ViewOf<'diagnostic'>
  /** Looks at everything again. */
  readonly look: () => Promise<void>
  /** The window is closed: nobody waits for what is under way. */
  readonly closed: () => void
  readonly handlers: Pick<Handlers, 'runDiagnostic' | 'nameDiagnostic' | 'copyDiagnostic' | 'saveDiagnostic'>
}

export type DiagnosticDeskParts = {
  readonly settings: Pick<Settings, 'pharmacy' | 'support'>
  readonly workstation: () => string
  readonly clock: Clock
  readonly records: {
    readonly operators: Pick<Records['operators'], 'byId'>
    readonly journal: Pick<Records['journal'], 'append'>
  }
  readonly session: Pick<OperatorSession, 'connected' | 'onChange'>
  readonly window: () => Pick<DiagnosticWindow, 'push' | 'window'>
  /** The workstation as it now is, for one diagnosis. */
  readonly site: () => Promise<DiagnosticSite>
  /** Everything has just been looked at. */
  readonly ended: () => void
  readonly saveAs: SaveAs
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => void
}

/** A diagnosis under way or ended. */
type Run = {
  readonly found: Map<CheckId, Checked>
  readonly ending: AbortController
  ended: { readonly diagnosis: Diagnosis; readonly site: DiagnosticSite } | null
}

export function createDiagnosticDesk(parts: DiagnosticDeskParts): DiagnosticDesk {
  const { settings, clock, records, session } = parts
  let run: Run | null = null
  /** Who has names and RPPS shown. */
  let namedFor: Operator | null = null
  let drawing = false

  /** Checks often end together: they are drawn together. */
  const changed = (): void => {
    if (drawing) return
    drawing = true
    setImmediate(() => {
      drawing = false
      parts.window().push()
    })
  }

  const look = async (): Promise<void> => {
    // One under way goes on: it looks at what is there now.
    if (run !== null && run.ended === null) return
    const mine: Run = { found: new Map(), ending: new AbortController(), ended: null }
    run = mine
    changed()
    try {
      const ended = await made(mine)
      if (run !== mine) return
      mine.ended = ended
      parts.ended()
    } catch (error) {
      // It can be asked for again.
      if (run === mine) run = null
      throw error
    } finally {
      changed()
    }
  }

  const made = async (mine: Run): Promise<NonNullable<Run['ended']>> => {
    const { signal } = mine.ending
    // Loaded at the first diagnosis.
    const { diagnose } = await import('../diagnostic/diagnose.ts')
    await nextTurn()
    const site = await parts.site()
    const ended = (check: Checked): void => {
      mine.found.set(check.id, check)
      if (run === mine) changed()
    }
    return { diagnosis: await diagnose(site, { ended, signal }), site }
  }

  /** The connected operator, as they now are, who may see names. Rejects with a `Refusal` or `StorageError`. */
  const entitled = async (): Promise<Operator> => {
    const held = session.connected()
    if (held === null) throw new Refusal('not-connected', newReference())
    const operator = await records.operators.byId(held.operator.id)
    // The time of a query: whoever was connected may have left.
    if (operator === null || session.connected()?.operator.id !== operator.id) {
      throw new Refusal('not-connected', newReference())
    }
    if (!isActive(operator, clock.now())) throw new Refusal('suspended', newReference())
    if (!hasRight(operator, 'read-journal')) throw new Refusal('names-reserved', newReference())
    return operator
  }

  const mask = (): void => {
    if (namedFor === null) return
    namedFor = null
    changed()
  }
  session.onChange(() => {
    const operator = session.connected()?.operator
    const still =
      operator?.id === namedFor?.id && operator !== undefined && hasRight(operator, 'read-journal')
    if (!still) mask()
  })

  /** The report as it is shown; with names, it is written that it leaves before it does. */
  const leaving = async (
    { diagnosis, site }: NonNullable<Run['ended']>,
    by: Operator | null,
    to: 'clipboard' | 'file',
  ): Promise<string> => {
    if (by !== null) {
      const operator = await entitled().catch((error: unknown) => {
        mask()
        throw error
      })
      if (operator.id !== by.id) throw new Refusal('not-connected', newReference())
      await records.journal.append({
        kind: 'diagnostic.named',
        outcome: 'done',
        operator: referenceOf(operator),
        details: { to },
      })
    }
    const { reportText } = await import('../diagnostic/report.ts')
    return reportText(diagnosis, site, { named: by !== null })
  }

  const shown = (): NonNullable<Run['ended']> => {
    const ended = run?.ended ?? null
    if (ended === null) throw new Refusal('refused', newReference(), { detail: 'under way' })
    return ended
  }

  return {
    view: () => {
      const diagnosis = run?.ended?.diagnosis ?? null
      const { name, phone } = settings.support
      const named = namedFor !== null
      return {
        pharmacy: settings.pharmacy.name ?? texts.pharmacy,
        workstation: parts.workstation(),
        support: name === null && phone === null ? null : { name, phone },
        checks: checkIds.map((id, index) => {
          const finding = run?.found.get(id)?.finding ?? null
          const number = index + 1
          if (finding === null) return { id, number, finding }
          const text = named ? (finding.named ?? finding.text) : finding.text
          return { id, number, finding: { verdict: finding.verdict, text, remedy: finding.remedy } }
        }),
        endedAt: diagnosis?.at ?? null,
        code: diagnosis?.code ?? null,
        named,
      }
    },
    look,
    closed: () => {
      run?.ending.abort()
      run = null
      namedFor = null
    },
    handlers: {
      runDiagnostic: look,
      nameDiagnostic: async ({ named }) => {
        if (!named) return mask()
        namedFor = await entitled()
        changed()
      },
      copyDiagnostic: async () => {
        parts.copy(await leaving(shown(), namedFor, 'clipboard'))
      },
      saveDiagnostic: async () => {
        // As it is when it is asked for, whatever happens during the dialog.
        const [ended, by] = [shown(), namedFor]
        const file = await parts.saveAs(parts.window().window(), {
          title: words.saveTitle,
          name: words.fileName(localDay(clock.now())),
          kind: words.fileKind,
          extension: 'txt',
        })
        if (file === null) return null
        const name = basename(file)
        const report = await leaving(ended, by, 'file')
        await writeFile(file, report, { mode: 0o600 }).catch(() => {
          throw new Refusal('file-not-written', newReference(), { detail: name })
        })
        return { name }
      },
    },
  }
}
