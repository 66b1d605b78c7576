import { parentPort } from 'node:worker_threads'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import type { MatchExtended } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as commonDictionary } from '@zxcvbn-ts/language-common'
import { dictionary as frenchDictionary } from '@zxcvbn-ts/language-fr'
import { maximumCharacters, minimumBits } from './password-strength.ts'
import type { PasswordAdvice, PasswordScore, ScoreAnswer, ScoreRequest } from './password-strength.ts'

/** Entry of the worker thread that scores passwords: asked one `ScoreRequest`, answers one `ScoreAnswer`. */
const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...commonDictionary, ...frenchDictionary },
  graphs: adjacencyGraphs,
})

parentPort?.on('message', ({ id, password, words }: ScoreRequest) => {
  parentPort?.postMessage({ id, score: scoreOf(password, words) } satisfies ScoreAnswer, [])
})

function scoreOf(typed: string, words: readonly string[]): PasswordScore {
  const password = typed.normalize('NFC')
  if (password === '') return { bits: 0, enough: false, advice: 'empty' }
  // Whole names and their parts: « MARIE DUPONT » is also « dupont », and « Élodie » « elodie ».
  const parts = words
    .flatMap((word) => [word, ...word.split(/[\s'’-]+/u)])
    .flatMap((word) => [word, unaccented(word)])
    .filter((word) => word.length > 1)
  // French words are guessed with their accents and without: the easier of the two counts.
  const readings = [...new Set([password, unaccented(password)])].map((read) => zxcvbn.check(read, parts))
  const { guessesLog10, sequence } = readings.reduce((least, reading) =>
    reading.guessesLog10 < least.guessesLog10 ? reading : least,
  )
  const bits = guessesLog10 * Math.log2(10)
  if (Array.from(password).length > maximumCharacters) return { bits, enough: false, advice: 'too-long' }
  if (bits >= minimumBits) return { bits, enough: true, advice: 'enough' }
  return { bits, enough: false, advice: adviceFor(sequence) }
}

function unaccented(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '')
}

/** About the longest part: when an attacker would guess it, changing that one gains most. */
function adviceFor(sequence: readonly MatchExtended[]): PasswordAdvice {
  const longest = sequence.reduce<MatchExtended | null>(
    (found, match) => (found === null || match.token.length > found.token.length ? match : found),
    null,
  )
  return longest === null ? 'too-short' : adviceAbout(longest)
}

function adviceAbout(match: MatchExtended): PasswordAdvice {
  switch (match.pattern) {
    case 'dictionary':
      return adviceAboutWord('dictionaryName' in match ? String(match['dictionaryName']) : '')
    case 'wordSequence':
      return 'common-words'
    case 'spatial':
      return 'keyboard-row'
    case 'repeat':
      return 'repetition'
    case 'sequence':
      return 'sequence'
    case 'date':
    case 'regex':
      return 'date'
    // Nothing that an attacker knows (« bruteforce », « separator »), or a pattern that the library adds one day.
    default:
      return 'too-short'
  }
}

function adviceAboutWord(dictionaryName: string): PasswordAdvice {
  if (dictionaryName === 'userInputs') return 'own-words'
  if (dictionaryName.startsWith('passwords')) return 'common-password'
  if (/^(?:first|last)names/u.test(dictionaryName)) return 'names'
  return 'common-words'
}
