type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'repeat'>

/** What Alt+P types: its letter, or the sign that macOS makes of it. */
const pscKeys: ReadonlySet<string> = new Set(['p', 'P', 'π', '∏'])

/** Whether a key is Alt+P, the shortcut of Pro Santé Connect. AltGr, which is Ctrl+Alt, is not Alt. */
export function isPscShortcut({ key, altKey, ctrlKey, metaKey, repeat }: KeyPress): boolean {
  return altKey && !ctrlKey && !metaKey && !repeat && pscKeys.has(key)
}
