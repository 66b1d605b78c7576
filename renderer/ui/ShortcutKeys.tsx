import type { ViewOf } from '../../electron/ipc/views.ts'

/** The keys of the global shortcut, beside what they do; `aria-keyshortcuts` says them aloud. */
export function ShortcutKeys({ shortcut }: { shortcut: ViewOf<'launcher'>['switchShortcut'] }) {
  if (shortcut === null) return null
  return (
    <kbd aria-hidden="true" className="nowrap">
      {shortcut.label}
    </kbd>
  )
}
