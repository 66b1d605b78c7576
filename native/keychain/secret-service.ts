import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>
type Machine = { readonly platform: string; readonly env: Environment }

/** What keeps a keychain from answering at once. */
export type Hindrance = 'no-keychain' | 'locked'

// libsecret must only be called when nothing hinders it (measured with libsecret 0.20.5 and gnome-keyring 42): a locked
// keyring opens a dialog box and holds a thread until it is closed, which the end of the process waits for and then
// crashes on; when the box is dismissed or cannot be shown, libsecret answers as if there were no such item; and its
// errors are sentences in the user's language. So a process that can be killed asks first, in the terms of the Secret
// Service API 0.2 (freedesktop.org) that open no box.
const dbusSend = '/usr/bin/dbus-send'

/**
 * What keeps an item from being read or removed, whether it is there or not; null: nothing, or not on Linux. `locked`
 * when that is not known after `patienceMs`.
 */
export async function hindersReading(
  { service, account }: { readonly service: string; readonly account: string },
  machine: Machine,
  patienceMs: number,
): Promise<Hindrance | null> {
  const attributes = `dict:string:string:service,${service},account,${account}`
  const found = await call(machine, patienceMs, '', 'org.freedesktop.Secret.Service.SearchItems', attributes)
  // Two arrays of paths: the items that are open, and those that are locked.
  if (found.kind === 'answer')
    return found.text.split('array [').at(2)?.includes('/') === true ? 'locked' : null
  if (found.kind === 'no-object') return 'no-keychain'
  return found.kind === 'not-linux' ? null : found.kind
}

/** What keeps a new item from being kept, in the same way; null: nothing, or not on Linux. */
export async function hindersWriting(machine: Machine, patienceMs: number): Promise<Hindrance | null> {
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  const locked = await call(
    machine,
    patienceMs,
    '/aliases/default',
    'org.freedesktop.DBus.Properties.Get',
    ...property,
  )
  if (locked.kind === 'answer') return locked.text.includes('true') ? 'locked' : null
  // No collection yet: libsecret would make one, and ask for its password in a dialog box.
  if (locked.kind === 'no-object') return 'locked'
  return locked.kind === 'not-linux' ? null : locked.kind
}

type Reply =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: Hindrance | 'no-object' | 'not-linux' }

/** Calls a method of an object of the Secret Service. Never rejects. */
async function call(
  { platform, env }: Machine,
  patienceMs: number,
  object: string,
  method: string,
  ...args: readonly string[]
): Promise<Reply> {
  if (platform !== 'linux') return { kind: 'not-linux' }
  if (!hasSessionBus(env)) return { kind: 'no-keychain' }
  const destination = ['--session', '--print-reply=literal', '--dest=org.freedesktop.secrets']
  return new Promise<Reply>((resolve) => {
    execFile(
      dbusSend,
      [...destination, `/org/freedesktop/secrets${object}`, method, ...args],
      { env: { ...env }, timeout: patienceMs, killSignal: 'SIGKILL' },
      (error, text, complaint) => {
        if (error === null) resolve({ kind: 'answer', text })
        else if (error.killed === true) resolve({ kind: 'locked' })
        else if (/Unknown(?:Method|Object)|NoSuchObject/u.test(complaint)) resolve({ kind: 'no-object' })
        else resolve({ kind: 'no-keychain' })
      },
    )
  })
}

/**
 * Whether there is a session bus, where GLib looks for it. Asked for first: without one, libraries start a bus of their
 * own where there is X11, and leave it running.
 */
function hasSessionBus(env: Environment): boolean {
  const address = env['DBUS_SESSION_BUS_ADDRESS']
  if (address !== undefined) return address !== ''
  const folder = env['XDG_RUNTIME_DIR'] ?? ''
  return folder !== '' && existsSync(join(folder, 'bus'))
}
