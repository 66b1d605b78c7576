import { assertNever } from '../assert-never.ts'
import { toCallError } from '../ipc/call-error.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import { StorageError } from '../storage/storage-error.ts'
import { KeychainError } from '../../native/keychain/secrets.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { fr } from '../../renderer/ui/texts/french.ts'

/** Of sysexits.h, and 1: refused, or found wrong. */
export type FaultCode = 1 | 64 | 69 | 74 | 78

/** Why a command is not done, in French, one line each. */
export class CommandFault extends Error {
  readonly exitCode: FaultCode
  readonly lines: readonly string[]

  constructor(exitCode: FaultCode, lines: readonly string[]) {
    super(lines.join(' '))
    this.name = 'CommandFault'
    this.exitCode = exitCode
    this.lines = lines
  }
}

/** The file that was asked for cannot be written. */
export function notWritten(file: string): Refusal {
  return new Refusal('file-not-written', newReference(), { detail: file })
}

/** Whatever a command rejects with, as what is told of it. */
export function explain(error: unknown): Pick<CommandFault, 'exitCode' | 'lines'> {
  if (error instanceof CommandFault) return error
  if (error instanceof KeychainError) return { exitCode: 69, lines: [keychainLine(error)] }
  const { code, message, remedy, reference } = toCallError(error)
  const told =
    code === 'role-not-allowed'
      ? cliTexts.notTitulaire
      : isOfNewerVersion(error)
        ? fr(texts.fault.newerSchema.join(' '))
        : [message, remedy].join(' ').trim()
  const ofFile = code === 'file-not-read' || code === 'file-not-written'
  const exitCode = error instanceof StorageError ? storageCode(error.kind) : ofFile ? 74 : 1
  return { exitCode, lines: [`${told} ${texts.reference(reference)}`] }
}

/** The windows do not open on such a database: only a command meets it, and to try again would change nothing. */
function isOfNewerVersion(error: unknown): boolean {
  return error instanceof StorageError && error.kind === 'newer-schema'
}

function keychainLine({ reason, cause }: KeychainError): string {
  switch (reason) {
    case 'no-keychain':
      return cliTexts.noKeychain
    case 'locked':
      return cliTexts.keychainLocked
    case 'failed':
      return cliTexts.keychainFailed(cause instanceof Error ? cause.message : null)
    default:
      return assertNever(reason)
  }
}

/** As the window that cannot start exits. */
function storageCode(kind: StorageError['kind']): 69 | 74 {
  switch (kind) {
    case 'busy':
    case 'newer-schema':
    case 'unavailable':
      return 69
    case 'read-only':
    case 'full':
    case 'corrupt':
    case 'missing-folder':
    case 'missing-database':
      return 74
    default:
      return assertNever(kind)
  }
}
