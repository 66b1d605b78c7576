import { StorageError } from '../storage/storage-error.ts'

/**
 * What the technical log may say of whatever was thrown: the kind of each error in its chain of causes, their codes, and
 * where it was thrown in our own files (`sources`: their names). A message, a path or any other text may hold what was
 * typed, a token or an address: nothing is taken over that does not have the shape of a name, a code or a place.
 */
export function shapeOf(cause: unknown, sources: ReadonlySet<string> = new Set()): string {
  const errors = chainOf(cause)
  const [first] = errors
  if (first === undefined) return 'not an error'
  const places = placesIn(textOf(first, 'stack'), sources)
  const kinds = errors.map((error) => [nameOf(error), ...codesOf(error)].join(' '))
  return [kinds.join(' < '), ...(places.length === 0 ? [] : ['at', ...places])].join(' ')
}

/** As many causes, and places, as tell a fault from another. */
const deepest = 4
const mostPlaces = 6

const name = /^[A-Z][A-Za-z]{0,40}(?:Error|Exception)$/u
/** Node's, SQLite's, OpenSSL's and openid-client's: `ENOENT`, `SQLITE_BUSY`, `ERR_INVALID_URL`. */
const code = /^[A-Z][A-Z_]{1,30}(?:\d[A-Z_]{0,10})?$/u
/** `…/dist/main/app.cjs:1:2345`, as V8 ends a frame. */
const place = /[\\/]([\w-]{1,40}\.cjs):(\d{1,6}:\d{1,7})\)?$/gmu

function chainOf(cause: unknown): Error[] {
  const errors: Error[] = []
  for (let next = cause; next instanceof Error && errors.length < deepest; next = read(next, 'cause')) {
    errors.push(next)
  }
  return errors
}

function nameOf(error: Error): string {
  const own = textOf(error, 'name')
  return own === 'Refusal' || name.test(own) ? own : 'Error'
}

function codesOf(error: Error): string[] {
  const own = textOf(error, 'code')
  return [...(error instanceof StorageError ? [error.kind] : []), ...(code.test(own) ? [own] : [])]
}

function placesIn(stack: string, sources: ReadonlySet<string>): string[] {
  return [...stack.matchAll(place)]
    .flatMap(([, file = '', position]) => (sources.has(file) ? [`${file}:${position}`] : []))
    .slice(0, mostPlaces)
}

function textOf(error: Error, property: string): string {
  const value = read(error, property)
  return typeof value === 'string' ? value : ''
}

/** What somebody else's error has there; it may refuse to say. */
function read(error: Error, property: string): unknown {
  try {
    return Reflect.get(error, property)
  } catch {
    return undefined
  }
}
