import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settingsSchema } from './schema.ts'
import { readShortcut, type Shortcut } from './shortcut.ts'

function shortcut(text: string): Shortcut {
  const read = readShortcut(text)
  if (read.kind === 'fault') throw new Error(`${text}: ${read.text}`)
  return read.shortcut
}

function fault(text: string): string {
  const read = readShortcut(text)
  if (read.kind === 'shortcut') throw new Error(`${text} is taken for ${read.shortcut.label}`)
  return read.text
}

describe('a shortcut', () => {
  test.each([
    ['F10', 'F10', 'F10', 'F10'],
    ['f9', 'F9', 'F9', 'F9'],
    ['Ctrl+Alt+O', 'Ctrl+Alt+O', 'Control+Alt+O', 'Control+Alt+O'],
    ['Ctrl+Maj+Espace', 'Ctrl+Maj+Espace', 'Control+Shift+Space', 'Control+Shift+Space'],
    ['maj + contrôle + SPACE', 'Ctrl+Maj+Espace', 'Control+Shift+Space', 'Control+Shift+Space'],
    ['Alt+Maj+Page préc\u00E9dente', 'Alt+Maj+Page haut', 'Alt+Shift+PageUp', 'Alt+Shift+PageUp'],
    ['Ctrl+Alt+Entrée', 'Ctrl+Alt+Entrée', 'Control+Alt+Return', 'Control+Alt+Enter'],
    ['Ctrl+Alt+Maj+E', 'Ctrl+Alt+Maj+E', 'Control+Alt+Shift+E', 'Control+Alt+Shift+E'],
    ['Ctrl+Alt+1', 'Ctrl+Alt+1', 'Control+Alt+1', 'Control+Alt+1'],
  ])('%s', (text, label, accelerator, aria) => {
    expect(shortcut(text)).toEqual({ label, accelerator, aria })
  })

  test('is read again from the label that it is shown by', () => {
    const modifier = fc.constantFrom('Ctrl', 'Alt', 'Maj')
    const key = fc.constantFrom('F2', 'F24', 'O', 'q', '1', 'espace', 'Échap', 'suppr', 'Droite', 'fin')
    fc.assert(
      fc.property(fc.uniqueArray(modifier), key, (held, pressed) => {
        const read = readShortcut([...held, pressed].join('+'))
        if (read.kind === 'shortcut') expect(shortcut(read.shortcut.label)).toEqual(read.shortcut)
      }),
    )
  })

  test('is never anything else than a shortcut or a fault', () => {
    fc.assert(fc.property(fc.string(), (text) => ['shortcut', 'fault'].includes(readShortcut(text).kind)))
  })
})

describe('what no global shortcut may take', () => {
  test.each([
    ['F1', "qui ouvre l'aide"],
    ['F12', 'que Windows se garde'],
    ['Alt+F4', 'que Windows se garde'],
    ['Échap+Alt', 'que Windows se garde'],
    ['Windows+L', 'que Windows se garde'],
    ['O', 'deux touches parmi Ctrl, Alt et Maj avec O'],
    ['Maj+O', 'deux touches parmi'],
    ['Ctrl+C', 'Ctrl+C sert dans les autres programmes'],
    ['Alt+Bas', 'sert dans les autres programmes'],
    ['Ctrl+Alt+E', 'qui tape un signe (AltGr+E)'],
    ['Alt+Ctrl+0', 'qui tape un signe (AltGr+0)'],
    ['AltGr+O', 'Ctrl+Alt plutôt que AltGr'],
    ['Ctrl+Alt', 'une touche, seule ou avec'],
    ['Ctrl+Ctrl+O', 'une seule fois la touche Ctrl'],
    ['Ctrl+Alt+O+P', 'une seule touche avec'],
    ['Ctrl+Alt+', 'des touches connues'],
    ['Fn+F10', 'des touches connues'],
    ['F25', 'des touches connues'],
    ['constructor', 'des touches connues'],
  ])('%s', (text, said) => {
    const told = fault(text)
    expect(told).toContain(said)
    expect(told).toMatch(/^attendu : /u)
  })
})

/** What comptoir.json is refused for, with a module that opens by F9. */
function faults(identification: { shortcut: string }): string[] {
  const launch = { kind: 'browser', url: 'https://exemple.fr' }
  const modules = [{ id: 'stock', label: 'Stock', shortcut: 'F9', access: 'none', launch }]
  const { error } = settingsSchema.safeParse({ identification, modules })
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
}

describe('in comptoir.json', () => {
  test('is refused with what was expected', () => {
    expect(faults({ shortcut: 'F10' })).toEqual([])
    expect(faults({ shortcut: 'Ctrl+É' })).toEqual([
      expect.stringMatching(/^identification\.shortcut: attendu : des/u),
    ])
  })

  test('is refused where a module has it', () => {
    expect(faults({ shortcut: 'f9' })).toEqual(['identification.shortcut: déjà pris par le module « Stock »'])
    expect(faults({ shortcut: 'Maj+F9' })).toEqual([])
  })
})
