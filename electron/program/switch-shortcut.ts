import type { GlobalShortcut } from 'electron'
import { assertNever } from '../assert-never.ts'
import type { Notice } from '../ipc/views.ts'
import { readShortcut, type Shortcut } from '../settings/shortcut.ts'
import { switchTexts } from '../../renderer/ui/texts/identification-switch.ts'
import type { LogNote } from './log.ts'

/** Whether the global shortcut can be pressed. */
export type ShortcutState =
  | { readonly kind: 'off' }
  | { readonly kind: 'on'; readonly shortcut: Shortcut }
  /** Another program has it, or the system keeps it. */
  | { readonly kind: 'taken'; readonly shortcut: Shortcut }
  /** Wayland gives no program the keys that are pressed in another. */
  | { readonly kind: 'wayland'; readonly shortcut: Shortcut }

/** « Changer d'opérateur » from any program: `identification.shortcut`, as comptoir.json has it now. */
export type SwitchShortcut = {
  readonly state: () => ShortcutState
  /** The one that can be pressed. */
  readonly shown: () => Shortcut | null
  /** Takes the shortcut that is set now, in place of the one before; says so, once, where it cannot. */
  readonly follow: () => void
  /** Gives it back to the system. */
  readonly release: () => void
}

type Parts = {
  /** A valid one, or null. */
  wanted: () => string | null
  keys: Pick<GlobalShortcut, 'register' | 'unregister'>
  /** The windows of this session are Wayland's (`isWayland`). */
  wayland: boolean
  pressed: () => void
  notice: () => Notice | null
  notify: (notice: Notice | null) => void
  /** The launcher shows the shortcut. */
  changed: () => void
  note: (note: LogNote) => void
}

export function createSwitchShortcut(parts: Parts): SwitchShortcut {
  const { wanted, keys, wayland, pressed, notice, notify, changed, note } = parts
  let state: ShortcutState = { kind: 'off' }
  /** What it was told by, as long as it is true. */
  let told: Notice | null = null

  const release = (): void => {
    if (state.kind === 'on') keys.unregister(state.shortcut.accelerator)
    state = { kind: 'off' }
  }
  const take = (text: string): ShortcutState => {
    const read = readShortcut(text)
    if (read.kind === 'fault') return { kind: 'off' }
    const { shortcut } = read
    if (wayland) return { kind: 'wayland', shortcut }
    return keys.register(shortcut.accelerator, pressed)
      ? { kind: 'on', shortcut }
      : { kind: 'taken', shortcut }
  }
  const tell = (): void => {
    const before = told
    told = noticeOf(state)
    if (told !== null) notify(told)
    else if (before !== null && notice() === before) notify(null)
    if (state.kind === 'taken') note('the switch shortcut is taken')
    if (state.kind === 'wayland') note('the switch shortcut cannot work: Wayland')
  }

  return {
    state: () => state,
    shown: () => (state.kind === 'on' ? state.shortcut : null),
    follow: () => {
      const text = wanted()
      const before = wordOf(state)
      const read = text === null ? null : readShortcut(text)
      // One that was taken may be free by now: any change of comptoir.json tries again.
      if (state.kind === 'on' && read?.kind === 'shortcut' && read.shortcut.label === state.shortcut.label)
        return
      release()
      if (text !== null) state = take(text)
      // What has been told is no news.
      if (wordOf(state) !== before) tell()
      changed()
    },
    release,
  }
}

function wordOf(state: ShortcutState): string {
  return state.kind === 'off' ? 'off' : `${state.kind} ${state.shortcut.label}`
}

/** Whether the windows of this session are Wayland's, be it through XWayland: a desktop says so in its environment. */
export function isWayland(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform === 'linux' && environment['XDG_SESSION_TYPE'] === 'wayland'
}

function noticeOf(state: ShortcutState): Notice | null {
  switch (state.kind) {
    case 'off':
    case 'on':
      return null
    case 'taken':
    case 'wayland':
      return {
        tone: 'watch',
        text: switchTexts[state.kind](state.shortcut.label),
        remedy: switchTexts.remedy,
        reference: null,
      }
    default:
      return assertNever(state)
  }
}
