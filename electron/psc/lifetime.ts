const minuteMs = 60_000

/**
 * How long an answer may be used again, in milliseconds: as its `Cache-Control` says (RFC 9111 §5.2.2), within five
 * minutes and a day; an hour where it says nothing.
 */
export function lifetimeMs(cacheControl: string | null): number {
  const directives = cacheControl?.toLowerCase() ?? ''
  if (/(?:^|[\s,])no-(?:cache|store)/u.test(directives)) return 5 * minuteMs
  const maxAge = /(?:^|[\s,])max-age="?(?<seconds>\d+)/u.exec(directives)?.groups?.['seconds']
  if (maxAge === undefined) return 60 * minuteMs
  return Math.min(Math.max(Number(maxAge) * 1000, 5 * minuteMs), 24 * 60 * minuteMs)
}
