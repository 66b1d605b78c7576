import { spawnSync } from 'node:child_process'

/**
 * What Electron must be told on this machine before anything else: `--no-sandbox` where Linux lets Chromium make no
 * sandbox, that is as root, or where an ordinary user may not make user namespaces (as in most containers).
 */
export function electronArguments(): string[] {
  if (process.platform !== 'linux') return []
  return process.getuid?.() === 0 || !canMakeNamespaces() ? ['--no-sandbox'] : []
}

/**
 * The Electron executable that scripts/run.mjs has found or fetched.
 * @throws {Error} when the script was started without it
 */
export function electronExecutable(): string {
  const executable = process.env['COMPTOIR_ELECTRON']
  if (!executable) throw new Error('No COMPTOIR_ELECTRON: start this script by its npm command.')
  return executable
}

/** Chromium maps its user too, which some systems refuse although they allow the bare namespace. */
function canMakeNamespaces(): boolean {
  return spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0
}
