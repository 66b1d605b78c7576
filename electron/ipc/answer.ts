import type * as z from 'zod'
import { newReference } from '../journal/reference.ts'
import { toCallError } from './call-error.ts'
import { contract, type ArgsOf, type ChannelName, type ValueOf } from './contract.ts'
import { Refusal, type ErrorCode, type Result } from './result.ts'
import type { WindowRole } from './views.ts'

/** The window a call comes from. */
export type Caller = { readonly role: WindowRole; readonly webContentsId: number }

/** One function per channel. A `Refusal` becomes its French sentence; anything else thrown becomes `internal`. */
export type Handlers = {
  [C in ChannelName]: (args: ArgsOf<C>, caller: Caller) => Reply<ValueOf<C>>
}
type Reply<T> = [T] extends [undefined] ? void | Promise<void> : T | Promise<T>

/** What is written to the technical log about a call that failed. */
export type FailureLog = (entry: {
  channel: ChannelName | 'pro-sante-connect' | 'module-session'
  code: ErrorCode
  reference: string
  cause: unknown
}) => void

export type Serving = {
  /** What is answered before the program is ready. */
  atOnce: Partial<Handlers>
  /**
   * The other calls wait until it is there. A channel without a function is refused: what it belongs to is not there (the
   * program could not start).
   */
  handlers: Promise<Partial<Handlers>>
  /** The role of the window that holds these web contents, or null when it is none of ours. */
  roleOf: (webContentsId: number) => WindowRole | null
  log: FailureLog
}

/** What is looked at in a call of Electron's ipcMain. */
export type CallEvent = {
  readonly sender: { readonly id: number; readonly mainFrame: unknown }
  readonly senderFrame: { readonly url: string } | null
}

/**
 * Answers one call of a window. It is refused unless it comes from the main frame of one of our `app://` windows,
 * whose role may use the channel, with arguments that its schema accepts. Never rejects.
 */
export async function answer<C extends ChannelName>(
  { atOnce, handlers, roleOf, log }: Serving,
  channel: C,
  event: CallEvent,
  args: unknown,
): Promise<Result<ValueOf<C>>> {
  try {
    const role = senderRole(event, roleOf)
    const allowed: readonly WindowRole[] = contract[channel].windows
    if (role === null || !allowed.includes(role))
      throw new Refusal('refused', newReference(), { detail: 'sender' })
    const parsed = parse(channel, args)
    if (parsed?.success !== true) throw new Refusal('refused', newReference(), { detail: 'arguments' })
    return {
      ok: true,
      value: await call(channel in atOnce ? atOnce : await handlers, channel, parsed.data, {
        role,
        webContentsId: event.sender.id,
      }),
    }
  } catch (cause) {
    const error = toCallError(cause)
    log({ channel, code: error.code, reference: error.reference, cause })
    return { ok: false, error }
  }
}

/** Null when the schema cannot even look: zod throws at an object whose `length` makes no number. */
function parse(channel: ChannelName, args: unknown): z.ZodSafeParseResult<unknown> | null {
  try {
    return contract[channel].args.safeParse(args)
  } catch {
    return null
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
function senderRole(event: CallEvent, roleOf: Serving['roleOf']): WindowRole | null {
  const role = roleOf(event.sender.id)
  const frame = event.senderFrame
  if (role === null || frame === null || frame !== event.sender.mainFrame) return null
  const url = new URL(frame.url)
  return url.protocol === 'app:' && url.host === 'comptoir' && url.pathname === `/${role}/index.html`
    ? role
    : null
}
