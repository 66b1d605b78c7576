/** A combination of keys as comptoir.json names it, read. */
export type Shortcut = {
  /** As Electron names it: `Control+Alt+O`. */
  readonly accelerator: string
  /** As the keyboard of an officine names it: « Ctrl+Maj+Espace ». */
  readonly label: string
  /** As `aria-keyshortcuts` names it. */
  readonly aria: string
}

export type ReadShortcut =
  | { readonly kind: 'shortcut'; readonly shortcut: Shortcut }
  /** What was expected, in French. */
  | { readonly kind: 'fault'; readonly text: string }

type Modifier = 'Ctrl' | 'Alt' | 'Maj' | 'Windows'
type Key = {
  readonly label: string
  readonly accelerator: string
  readonly aria: string
  /** It neither types, nor moves, nor edits: it may be pressed alone. */
  readonly alone: boolean
}

/**
 * Reads a global shortcut: « F10 », « Ctrl+Alt+O », « Ctrl+Maj+Espace », by the French names of keys or the English ones,
 * in any case and order. Refuses what no global shortcut may take: keys that type, or that Windows, every program or
 * Comptoir itself use.
 */
export function readShortcut(text: string): ReadShortcut {
  const held = new Set<Modifier>()
  let key: Key | null = null
  for (const name of text.split('+').map(plain)) {
    if (name === 'altgr' || name === 'alt gr') return fault('Ctrl+Alt plutôt que AltGr, qui tape des signes')
    const modifier = modifiers.get(name)
    const found = modifier === undefined ? keyOf(name) : null
    if (modifier !== undefined) {
      if (held.has(modifier)) return fault(`une seule fois la touche ${modifier}`)
      held.add(modifier)
    } else if (found === null) return fault(`des touches connues (${examples})`)
    else if (key !== null) return fault(`une seule touche avec ${modifierNames}`)
    else key = found
  }
  if (key === null) return fault(`une touche, seule ou avec ${modifierNames} (${examples})`)
  const refused = whyRefused(held, key)
  return refused === null ? { kind: 'shortcut', shortcut: shortcutOf(held, key) } : fault(refused)
}

const modifierNames = 'Ctrl, Alt, Maj ou Windows'
const examples = 'F10, Ctrl+Alt+O, Ctrl+Maj+Espace'

const modifiers: ReadonlyMap<string, Modifier> = new Map([
  ...(['ctrl', 'control', 'controle'] as const).map((name) => [name, 'Ctrl'] as const),
  ['alt', 'Alt'],
  ...(['maj', 'majuscule', 'shift'] as const).map((name) => [name, 'Maj'] as const),
  ...(['windows', 'win', 'super', 'meta'] as const).map((name) => [name, 'Windows'] as const),
])

/** In the order that they are said in, with Electron's names and those of `aria-keyshortcuts`. */
const modifierWords: readonly (readonly [Modifier, string, string])[] = [
  ['Windows', 'Super', 'Meta'],
  ['Ctrl', 'Control', 'Control'],
  ['Alt', 'Alt', 'Alt'],
  ['Maj', 'Shift', 'Shift'],
]

const named: readonly (readonly [label: string, accelerator: string, aria: string, ...others: string[]])[] = [
  ['Espace', 'Space', 'Space'],
  ['Entrée', 'Return', 'Enter', 'return'],
  ['Tab', 'Tab', 'Tab', 'tabulation'],
  ['Échap', 'Escape', 'Escape', 'esc', 'echappement'],
  ['Retour arrière', 'Backspace', 'Backspace', 'retour'],
  ['Suppr', 'Delete', 'Delete', 'supprimer', 'del'],
  ['Inser', 'Insert', 'Insert', 'insertion', 'ins'],
  ['Début', 'Home', 'Home', 'origine'],
  ['Fin', 'End', 'End'],
  ['Page haut', 'PageUp', 'PageUp', 'pg.prec', 'page precedente'],
  ['Page bas', 'PageDown', 'PageDown', 'pg.suiv', 'page suivante'],
  ['Haut', 'Up', 'ArrowUp'],
  ['Bas', 'Down', 'ArrowDown'],
  ['Gauche', 'Left', 'ArrowLeft'],
  ['Droite', 'Right', 'ArrowRight'],
]

const keys: ReadonlyMap<string, Key> = new Map(
  named.flatMap(([label, accelerator, aria, ...others]) => {
    const key: Key = { label, accelerator, aria, alone: false }
    return [label, accelerator, aria, ...others].map((name) => [plain(name), key] as const)
  }),
)

function keyOf(name: string): Key | null {
  const alone = /^f(?:[1-9]|1\d|2[0-4])$/u.test(name)
  if (!alone && !/^[a-z\d]$/u.test(name)) return keys.get(name) ?? null
  const label = name.toUpperCase()
  return { label, accelerator: label, aria: label, alone }
}

/** Those that Windows never gives, or that every program has its own use for. */
const kept: ReadonlySet<string> = new Set([
  'F1',
  // Windows keeps it for debuggers: RegisterHotKey refuses it.
  'F12',
  'Alt+F4',
  'Maj+F10',
  'Alt+Tab',
  'Alt+Échap',
  'Alt+Espace',
  'Ctrl+Échap',
  'Ctrl+Maj+Échap',
  'Ctrl+Alt+Suppr',
  'Ctrl+Alt+Tab',
])

/** On a French keyboard Ctrl+Alt is AltGr: these type « € », « @ », « # »… */
const altGrTypes = /^[E02-9]$/u

function whyRefused(held: ReadonlySet<Modifier>, key: Key): string | null {
  const { label } = shortcutOf(held, key)
  if (label === 'F1') return "une autre touche que F1, qui ouvre l'aide"
  if (kept.has(label)) return `une autre combinaison que ${label}, que Windows se garde`
  if (held.has('Windows')) return 'une combinaison sans la touche Windows, que Windows se garde'
  if (key.alone) return null
  if (held.size < 2) {
    return `deux touches parmi Ctrl, Alt et Maj avec ${key.label} : ${label} sert dans les autres programmes`
  }
  if (held.has('Ctrl') && held.has('Alt') && !held.has('Maj') && altGrTypes.test(key.label)) {
    return `une autre combinaison que ${label}, qui tape un signe (AltGr+${key.label})`
  }
  return null
}

function shortcutOf(held: ReadonlySet<Modifier>, key: Key): Shortcut {
  const used = modifierWords.filter(([modifier]) => held.has(modifier))
  return {
    label: [...used.map(([modifier]) => modifier), key.label].join('+'),
    accelerator: [...used.map(([, word]) => word), key.accelerator].join('+'),
    aria: [...used.map(([, , word]) => word), key.aria].join('+'),
  }
}

function fault(expected: string): ReadShortcut {
  return { kind: 'fault', text: `attendu : ${expected}` }
}

/** Without case, accents or spaces around: « Contrôle », « ECHAP ». « é » alone is a key of its own. */
function plain(name: string): string {
  const spaced = name.trim().replaceAll(/\s+/gu, ' ').toLowerCase()
  return spaced.length === 1 ? spaced : spaced.normalize('NFD').replaceAll(/\p{M}/gu, '')
}
