import { beforeEach, expect, test, vi } from 'vitest'
import type { Notice } from '../ipc/views.ts'
import type { LogNote } from './log.ts'
import { createSwitchShortcut, isWayland, type SwitchShortcut } from './switch-shortcut.ts'

/** What another program has. */
const taken = new Set<string>()
const registered = new Map<string, () => void>()
const notes: LogNote[] = []
let wanted: string | null = null
let notice: Notice | null = null
const pressed = vi.fn<() => void>()

function create(wayland = false): SwitchShortcut {
  return createSwitchShortcut({
    wanted: () => wanted,
    keys: {
      register: (accelerator, callback) => {
        if (taken.has(accelerator)) return false
        registered.set(accelerator, callback)
        return true
      },
      unregister: (accelerator) => void registered.delete(accelerator),
    },
    wayland,
    pressed,
    notice: () => notice,
    notify: (next) => {
      notice = next
    },
    changed: () => undefined,
    note: (note) => notes.push(note),
  })
}

beforeEach(() => {
  taken.clear()
  registered.clear()
  notes.length = 0
  wanted = null
  notice = null
  pressed.mockClear()
})

test('is taken from the system, shown, and given back', () => {
  wanted = 'ctrl+maj+espace'
  const shortcut = create()
  expect(shortcut.shown()).toBeNull()
  shortcut.follow()
  expect(shortcut.shown()?.label).toBe('Ctrl+Maj+Espace')
  registered.get('Control+Shift+Space')?.()
  expect(pressed).toHaveBeenCalledOnce()
  expect(notice).toBeNull()
  shortcut.release()
  expect(registered.size).toBe(0)
  expect(shortcut.shown()).toBeNull()
})

test('follows the settings: another one, then none', () => {
  wanted = 'F10'
  const shortcut = create()
  shortcut.follow()
  wanted = 'F9'
  shortcut.follow()
  expect([...registered.keys()]).toEqual(['F9'])
  wanted = null
  shortcut.follow()
  expect([...registered.keys()]).toEqual([])
})

test('that another program has is told, until it is free or another is set', () => {
  taken.add('F10')
  wanted = 'F10'
  const shortcut = create()
  shortcut.follow()
  expect(notice).toMatchObject({
    tone: 'watch',
    text: 'Le raccourci F10 est pris par un autre programme.',
    remedy: expect.stringContaining("Changer d'opérateur"),
  })
  expect(shortcut.shown()).toBeNull()
  expect(notes).toEqual(['the switch shortcut is taken'])
  taken.clear()
  shortcut.follow()
  expect(notice).toBeNull()
  expect(shortcut.state().kind).toBe('on')
})

test('that is still taken is not told again when something else changes', () => {
  taken.add('F10')
  wanted = 'F10'
  const shortcut = create()
  shortcut.follow()
  const other: Notice = { tone: 'info', text: 'Autre chose.', remedy: null, reference: null }
  notice = other
  shortcut.follow()
  expect(notice).toBe(other)
  expect(notes).toHaveLength(1)
  taken.add('F9')
  wanted = 'F9'
  shortcut.follow()
  expect(notice.text).toContain('F9')
})

test('leaves alone what is told meanwhile of something else', () => {
  taken.add('F10')
  wanted = 'F10'
  const shortcut = create()
  shortcut.follow()
  const other: Notice = { tone: 'info', text: 'Autre chose.', remedy: null, reference: null }
  notice = other
  wanted = null
  shortcut.follow()
  expect(notice).toBe(other)
})

test('says that it cannot work on Wayland, and takes nothing', () => {
  wanted = 'F10'
  const shortcut = create(true)
  shortcut.follow()
  expect(registered.size).toBe(0)
  expect(notice?.text).toMatch(/Wayland/u)
  expect(notes).toEqual(['the switch shortcut cannot work: Wayland'])
  expect(isWayland('linux', { XDG_SESSION_TYPE: 'wayland' })).toBe(true)
  expect(isWayland('linux', { XDG_SESSION_TYPE: 'x11' })).toBe(false)
  expect(isWayland('win32', {})).toBe(false)
})
