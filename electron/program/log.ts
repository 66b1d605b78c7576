import { join } from 'node:path'
import type { FailureLog } from '../ipc/answer.ts'

/** The technical log: what failed, by reference. Never what was typed, nor a URL, nor anything secret. */
export type TechnicalLog = {
  readonly failure: FailureLog
  readonly note: (text: string, reference?: string) => Promise<void>
  /** Where it is written. */
  readonly file: string
}

/** Writes to `journal-technique.log` in `folder`, 1 MB and one older file at most. Loaded at the first line. */
export function createTechnicalLog(folder: string): TechnicalLog {
  const file = join(folder, 'journal-technique.log')
  const write = async (text: string): Promise<void> => {
    const { default: log } = await import('electron-log/main')
    log.transports.file.resolvePathFn = () => file
    log.transports.file.format = '{iso} {text}'
    log.transports.console.level = false
    log.info(text)
  }
  return {
    file,
    failure: ({ channel, code, reference, cause }) => {
      const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown'
      void write(`${reference} ${channel} ${code} ${what}`)
    },
    note: (text, reference = '-') => write(`${reference} ${text}`),
  }
}
