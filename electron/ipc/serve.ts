import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { sentence } from '../../renderer/ui/texts.ts'
import { newReference } from '../journal/reference.ts'
import { StorageError, type StorageFault } from '../storage/storage-error.ts'
import {
  channelNames,
  channelPrefix,
  contract,
  type ArgsOf,
  type ChannelName,
  type ValueOf,
} from './contract.ts'
import { Refusal, type CallError, type ErrorCode, type Result } from './result.ts'
import type { WindowRole } from './views.ts'

/** The window a call comes from. */
export type Caller = { readonly role: WindowRole; readonly webContentsId: number }

/** One function per channel. A `Refusal` becomes its French sentence; anything else thrown becomes `internal`. */
export type Handlers = {
  [C in ChannelName]: (args: ArgsOf<C>, caller: Caller) => Reply<ValueOf<C>>
}
type Reply<T> = T extends undefined ? void | Promise<void> : T | Promise<T>

/** What is written to the technical log about a call that failed. */
export type FailureLog = (entry: {
  channel: string
  code: ErrorCode
  reference: string
  cause: unknown
}) => void

type Serving = {
  /**
   * Calls wait until it is there. A channel without a function is refused: what it belongs to is not there (the
   * program could not start).
   */
  handlers: Promise<Partial<Handlers>>
  /** The role of the window that holds these web contents, or null when it is none of ours. */
  roleOf: (webContentsId: number) => WindowRole | null
  log: FailureLog
}

/**
 * Answers the calls of the windows. A call is refused unless it comes from the main frame of one of our `app://`
 * windows, whose role may use the channel, with arguments that its schema accepts.
 */
export function serveContract(serving: Serving): void {
  for (const channel of channelNames) {
    ipcMain.handle(channelPrefix + channel, (event, args: unknown) => answer(serving, channel, event, args))
  }
}

async function answer<C extends ChannelName>(
  { handlers, roleOf, log }: Serving,
  channel: C,
  event: IpcMainInvokeEvent,
  args: unknown,
): Promise<Result<ValueOf<C>>> {
  try {
    const role = senderRole(event, roleOf)
    const allowed: readonly WindowRole[] = contract[channel].windows
    if (role === null || !allowed.includes(role))
      throw new Refusal('refused', newReference(), { detail: 'sender' })
    const parsed = contract[channel].args.safeParse(args)
    if (!parsed.success) throw new Refusal('refused', newReference(), { detail: 'arguments' })
    return {
      ok: true,
      value: await call(await handlers, channel, parsed.data, { role, webContentsId: event.sender.id }),
    }
  } catch (cause) {
    const error = toCallError(cause)
    log({ channel, code: error.code, reference: error.reference, cause })
    return { ok: false, error }
  }
}

/** The schema has just given `args` the type that the handler wants, which the compiler cannot follow here. */
function call<C extends ChannelName>(
  handlers: Partial<Handlers>,
  channel: C,
  args: unknown,
  caller: Caller,
): Promise<ValueOf<C>> | ValueOf<C> {
  const handler: Partial<Handlers>[C] = handlers[channel]
  if (handler === undefined) throw new Refusal('refused', newReference(), { detail: 'not served' })
  return Reflect.apply(handler, undefined, [args, caller])
}

/** Electron's checklist, item 17: scheme, host, main frame and path must be those of the window's role. */
function senderRole(event: IpcMainInvokeEvent, roleOf: Serving['roleOf']): WindowRole | null {
  const role = roleOf(event.sender.id)
  const frame = event.senderFrame
  if (role === null || frame === null || frame !== event.sender.mainFrame) return null
  const url = new URL(frame.url)
  return url.protocol === 'app:' && url.host === 'comptoir' && url.pathname === `/${role}/index.html`
    ? role
    : null
}

const storageCodes: Record<StorageFault, ErrorCode> = {
  busy: 'storage-busy',
  full: 'storage-full',
  'read-only': 'storage-read-only',
  corrupt: 'storage-unavailable',
  'newer-schema': 'storage-unavailable',
  'missing-folder': 'storage-unavailable',
  unavailable: 'storage-unavailable',
}

/** A failure as a window shows it. What is unexpected says nothing of itself: the log holds it, by its reference. */
export function toCallError(cause: unknown): CallError {
  if (cause instanceof Refusal) return callError(cause)
  if (cause instanceof StorageError) return callError(new Refusal(storageCodes[cause.kind], newReference()))
  return callError(new Refusal('internal', newReference()))
}

function callError({ code, reference, parameters }: Refusal): CallError {
  const { text, remedy } = sentence(code, parameters)
  return {
    code,
    message: text,
    reference,
    retryable: code !== 'refused' && code !== 'blocked' && code !== 'suspended',
    ...(remedy === undefined ? {} : { remedy }),
    ...(code === 'throttled' ? { retryAfterSeconds: parameters.seconds ?? 1 } : {}),
  }
}
