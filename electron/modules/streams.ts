import { openSync, readdirSync } from 'node:fs'
import type { StdioOptions } from 'node:child_process'

/**
 * The streams of a program we start: none of ours. On Linux Chromium leaves its own files, sockets and shared memory
 * open to whatever is started (seen: the X11 connection, the profile's databases), so each open one is replaced too.
 */
export function noStreams(platform: string = process.platform): StdioOptions {
  if (platform !== 'linux') return 'ignore'
  nothing ??= openSync('/dev/null', 'r+')
  const replacement = nothing
  const open = new Set(readdirSync('/proc/self/fd').map(Number))
  return Array.from({ length: Math.max(2, ...open) + 1 }, (_, descriptor) =>
    open.has(descriptor) ? replacement : 'ignore',
  )
}

let nothing: number | null = null
