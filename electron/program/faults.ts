import { app, clipboard } from 'electron'
import { assertNever } from '../assert-never.ts'
import type { Handlers } from '../ipc/answer.ts'
import type { ViewOf } from '../ipc/views.ts'
import { newReference } from '../journal/reference.ts'
import type { LogNote, TechnicalLog } from './log.ts'
import type { FaultySettings } from '../settings/read.ts'
import type { StorageError } from '../storage/storage-error.ts'
import type { AppWindows } from '../windows/app-windows.ts'
import { openFault } from '../windows/dialogs.ts'
import { fr, texts } from '../../renderer/ui/texts.ts'
import { settingsTexts } from '../../renderer/ui/texts/settings.ts'

/** What keeps Comptoir from starting, and the exit code that says so (sysexits: 69, 74, 78). */
export type StartFault = {
  readonly view: Omit<ViewOf<'fault'>, 'reference'>
  readonly exitCode: 69 | 74 | 78
  /** What the technical log says of it: never a value of the settings. */
  readonly note: LogNote
  /** What was thrown, when something was. */
  readonly cause?: unknown
}

/** « Réglages à corriger »: every fault of comptoir.json. */
export function explainSettings(path: string, { faults, support }: FaultySettings): StartFault {
  return {
    exitCode: 78,
    note: `cannot start: settings (${faults.length} faults)`,
    view: {
      title: texts.fault.settings,
      faults: faults.map(({ where, text }) => ({ where, text: fr(text), remedy: null })),
      support: shownSupport(support),
      retryable: true,
      file: path,
    },
  }
}

/** What « Sauvegarde proposée » is there for. */
export type LostDatabase = ViewOf<'restore'>['database']

/** What became of a database that a backup may take the place of; null: of the others. */
export function lostDatabase({ kind }: StorageError): LostDatabase | null {
  if (kind === 'corrupt') return 'damaged'
  return kind === 'missing-database' ? 'missing' : null
}

/** Why the database cannot be used, with what to do. */
export function explainStorage(cause: StorageError, support: ViewOf<'fault'>['support']): StartFault {
  const { kind } = cause
  const [text, remedy, exitCode] = storageFault(kind)
  return {
    exitCode,
    note: `cannot start: storage (${kind})`,
    cause,
    view: {
      title: texts.fault.storage,
      faults: [{ where: null, text: fr(text), remedy: fr(remedy) }],
      support: shownSupport(support),
      retryable: true,
      file: null,
    },
  }
}

/** Null: the settings say of nobody. */
export function shownSupport(support: ViewOf<'fault'>['support']): ViewOf<'fault'>['support'] {
  return support?.name === null && support.phone === null ? null : support
}

/** What happened, what to do, and the exit code. */
export function storageFault(kind: StorageError['kind']): [text: string, remedy: string, exitCode: 69 | 74] {
  switch (kind) {
    case 'busy':
      return [...texts.fault.busy, 69]
    case 'read-only':
      return [...texts.fault.readOnly, 74]
    case 'full':
      return [...texts.fault.full, 74]
    case 'corrupt':
      return [...texts.fault.corrupt, 74]
    case 'newer-schema':
      return [...texts.fault.newerSchema, 69]
    case 'missing-database':
      return [texts.restore.what.missing, texts.restore.nothingRemedy, 74]
    case 'missing-folder':
      return [...texts.fault.missingFolder, 74]
    case 'unavailable':
      return [...texts.fault.unavailable, 69]
    default:
      return assertNever(kind)
  }
}

/** Shows the fault, alone; each line also goes to standard error, for whoever starts Comptoir from a terminal. */
export function showFault(
  windows: AppWindows,
  { view, exitCode, note, cause }: StartFault,
  log: TechnicalLog,
  reference = newReference(),
): Partial<Handlers> {
  const shown = { ...view, reference }
  const lines = linesOf(shown)
  for (const line of lines) process.stderr.write(`${line} ${texts.reference(reference)}\n`)
  void log.note(note, { reference, cause })
  const fault = openFault(windows, shown)
  fault.window.on('closed', () => app.exit(exitCode))
  return {
    retryStart: () => {
      app.relaunch()
      app.exit(exitCode)
    },
    copyFault: () => {
      const whole = [shown.title, ...lines, texts.reference(reference), `${texts.fault.log} ${log.file}`]
      void clipboard.writeText(whole.join('\n'))
    },
    closeFault: () => fault.window.close(),
  }
}

/** The fault as lines of text, each one whole by itself. */
function linesOf({ file, faults }: StartFault['view']): string[] {
  const lines = faults.map(({ where, text, remedy }) =>
    [settingsTexts.fault({ where, text }), remedy].filter((part) => part !== null).join(' '),
  )
  return file === null ? lines : [fr(`${file} : ${texts.fault.correct}`), ...lines]
}
