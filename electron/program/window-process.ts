import { app, Menu } from 'electron'
import { privateFolder } from '../settings/folders.ts'
import { profileFolder, type Paths } from '../settings/paths.ts'
import { declareScheme } from '../windows/protocol.ts'
import { startTexts } from '../../renderer/ui/texts/start.ts'
import { catchFailures, type MainFailures } from './main-failures.ts'

/** What must be said of this process before `ready`, when it is to open windows. */
export function prepareForWindows({ data }: Paths): MainFailures {
  const failures = catchFailures(endWithSentence)
  app.commandLine.appendSwitch('lang', 'fr') // Dates are typed as the words around them are.
  const { platform, env } = process
  app.setPath('userData', privateFolder(profileFolder(data, { platform, env, account: process.getuid?.() })))
  // As root (machines of test only) the sandbox cannot be had for every process; each window asks for it anyway.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Electron's `crashReporter` is never started, so Crashpad is not either: a minidump holds the memory of a process, hence
  // what was typed and tokens, and its place is no secret. What is known of a crash is in the technical log.
  declareScheme()
  Menu.setApplicationMenu(null)
  return failures
}

/** Ends the program where there is no window to say it in: one sentence on standard error, and no stack. */
export function endWithSentence(): void {
  process.stderr.write(`${startTexts.failed}\n`)
  app.exit(unavailable)
}

/** sysexits: a service is unavailable. */
const unavailable = 69
