/**
 * With what the windows of an installed program may be started. Chromium has some 1,500 switches, and its next version
 * has others: those that open a door (`remote-debugging-port`, `no-sandbox`, `load-extension`, `user-data-dir`,
 * `host-rules`, `log-file`, `renderer-cmd-prefix`…) cannot be listed, so those that a technician needs are.
 */
const allowed: ReadonlySet<string> = new Set([
  // A graphics driver that draws nothing, or wrongly.
  'disable-gpu',
  // A screen whose scale the system tells wrongly.
  'force-device-scale-factor',
  // A screen reader that Chromium does not notice by itself (Orca, some of Windows').
  'force-renderer-accessibility',
  // X11 or Wayland.
  'ozone-platform',
  'ozone-platform-hint',
])

/** Finder's own number of the process (macOS). */
const processNumber = /^psn_\d+_\d+$/u

/** Longer than any switch of Chromium: what is told is a name, on one line. */
const longestTold = 60

/**
 * The first switch among the arguments that the windows may not be started with, as it is told: its name, never its
 * value. Read as Chromium's base/command_line.cc does: `--x` and `-x`, on Windows `/x` too, blanks around trimmed, the
 * value after `=`; but with or without capitals everywhere, and whether or not `--` stands before: a window takes no
 * argument that could be taken for a switch.
 */
export function refusedSwitch(argv: readonly string[], platform: string): string | null {
  for (const argument of argv.slice(1)) {
    const name = switchName(argument.trim(), platform)
    if (name !== null && !isAllowed(name.toLowerCase(), platform)) return told(name)
  }
  return null
}

/** Null: not a switch. The first prefix that fits is the one: `---x` is a switch named `-x`. */
function switchName(argument: string, platform: string): string | null {
  const prefixes = platform === 'win32' ? ['--', '-', '/'] : ['--', '-']
  const prefix = prefixes.find((one) => argument.startsWith(one))
  if (prefix === undefined || prefix === argument) return null
  return argument.slice(prefix.length).split('=', 1).join('')
}

function isAllowed(name: string, platform: string): boolean {
  return allowed.has(name) || (platform === 'darwin' && processNumber.test(name))
}

function told(name: string): string {
  return `--${name.replaceAll(/\p{C}/gu, '').slice(0, longestTold)}`
}
