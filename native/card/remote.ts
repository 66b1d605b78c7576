import type { RemoteSession } from './protocol.ts'
import { variable, type Environment } from './run-program.ts'

/**
 * How this session reaches the workstation, by the environment of the main process: the card process has too little of
 * it. Null where it is at the workstation itself, or nothing tells. The variables are of when the session began: one
 * that is taken over from afar later is not recognised.
 */
export function remoteSessionOf({
  platform,
  env,
}: {
  readonly platform: string
  readonly env: Environment
}): RemoteSession | null {
  if (platform === 'win32') return remoteSessionOfWindows(env)
  return platform === 'linux' ? remoteSessionOfLinux(env) : null
}

function remoteSessionOfWindows(env: Environment): RemoteSession | null {
  const session = variable(env, 'SESSIONNAME') ?? ''
  // RDP-Tcp#0, and RDP-Sxs…#0 of Azure Virtual Desktop; the number is Hyper-V's enhanced session, which is RDP too
  // (Microsoft, « 4778: A session was reconnected to a Window Station »).
  if (/^rdp-/iu.test(session) || session.startsWith('31C5CE94259D4006A9E4#')) return 'rdp'
  // Citrix's listeners: ICA-TCP#0, ICA-CGP#0, ICA-SSL#0.
  if (/^ica-/iu.test(session)) return 'citrix'
  // VMware's agent puts what it knows of the client into HKCU\Volatile Environment, hence into the environment, where
  // SESSIONNAME goes on saying Console (so in published environments of such desktops).
  return variable(env, 'ViewClient_Machine_Name') === undefined ? null : 'other'
}

function remoteSessionOfLinux(env: Environment): RemoteSession | null {
  // xrdp's sesman sets it to 1 for the session (sesman/env.c).
  if (isSet(env['XRDP_SESSION'])) return 'rdp'
  // x2goserver exports the session's name to what it starts.
  if (isSet(env['X2GO_SESSION'])) return 'other'
  // ssh -X: the display is a socket of sshd's, named with a host; a session that only began by ssh has `:0`
  // (sshd_config(5), X11UseLocalhost).
  const isForwarded = isSet(env['SSH_CONNECTION']) && /^[^:/]+:\d+/u.test(env['DISPLAY'] ?? '')
  return isForwarded ? 'other' : null
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
