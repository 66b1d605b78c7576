import { settingsFaultTexts as texts } from '../../renderer/ui/texts/settings-faults.ts'

const longest = 80

/** Whether a name, or a text that has names in it, is that of a secret. */
export function looksSecret(text: string): boolean {
  return /secret|pass(?:word|phrase|wd)?(?![a-z])|pwd|mot.?de.?passe|motdepasse|mdp|token|jeton|credential|api.?key|private.?key/iu.test(
    text,
  )
}

/**
 * What may be told of a value that is not what it should be: shortened, and never of one that may be a secret (a proxy's
 * address, the arguments of a program, whatever is named like one), nor the user of an address.
 */
export function toldValue(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return texts.absent
  if (Array.isArray(value)) return texts.found(texts.foundList)
  if (typeof value === 'object' && value !== null) return texts.found(texts.foundObject)
  const text = typeof value === 'string' ? value : ''
  if (mayBeSecret(text, path)) return texts.found(texts.notTold)
  return texts.found(JSON.stringify(typeof value === 'string' ? shortened(text) : value))
}

function mayBeSecret(value: string, path: readonly PropertyKey[]): boolean {
  const names = path.map(String)
  return names.includes('proxy') || names.includes('args') || [...names, value].some(looksSecret)
}

function shortened(value: string): string {
  // A user and a password may stand there, with any sign in them: rather too much is hidden than not enough.
  const told = value.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/isu, '$1…@')
  return told.length <= longest ? told : `${told.slice(0, longest)}…`
}
