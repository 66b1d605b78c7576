import type { Operator } from './operator.ts'

/** « Patricia A. »: whom a colleague recognises, and a patient who sees the screen does not. */
export function shortName({ firstName, lastName }: Pick<Operator, 'firstName' | 'lastName'>): string {
  const [initial = ''] = lastName.trim().normalize('NFC').toLocaleUpperCase('fr')
  const first = asWritten(firstName.trim().normalize('NFC'))
  return initial === '' ? first : `${first} ${initial}.`
}

/** Capitals are how cards write names; a name that somebody wrote otherwise stays theirs. */
function asWritten(name: string): string {
  if (name !== name.toLocaleUpperCase('fr')) return name
  return name
    .toLocaleLowerCase('fr')
    .replaceAll(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toLocaleUpperCase('fr'))
}
