import type { SessionEvent } from './opening.ts'

/** One event of a stream of server-sent events (WHATWG HTML §9.2). */
export function eventText({ name, data }: SessionEvent): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Whether the stream ends with it. */
export function isLast(event: SessionEvent | null): boolean {
  return event === null || (event.name === 'ended' && event.data.reason !== 'session')
}

/** What keeps a quiet stream open, and tells Comptoir that nobody reads it any more. */
export const stillThere = ':\n\n'
export const stillThereEveryMs = 15_000

/** For every answer: nobody keeps it, and nobody takes it for something else. */
export const unkept = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const
