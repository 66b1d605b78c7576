import { execFile } from 'node:child_process'

/**
 * Brings the window of another program to the front. Resolves to false where the system has no way to find it, so
 * that the user can be told. Never rejects; gives up after 3 s.
 */
export function bringForward(pid: number, platform: string = process.platform): Promise<boolean> {
  const [program, args] = commandFor(pid, platform)
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 3000, windowsHide: true }, (error) => resolve(error === null))
  })
}

function commandFor(pid: number, platform: string): [program: string, args: string[]] {
  switch (platform) {
    case 'win32': {
      const script = `if (-not (New-Object -ComObject WScript.Shell).AppActivate(${pid})) { exit 1 }`
      return ['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]]
    }
    case 'darwin': {
      const script = `tell application "System Events" to set frontmost of (first process whose unix id is ${pid}) to true`
      return ['osascript', ['-e', script]]
    }
    default:
      // Without a pattern, xdotool would take the command that follows for one; with it, no window is a failure.
      return [
        'xdotool',
        ['search', '--all', '--onlyvisible', '--pid', String(pid), '--name', '.', 'windowactivate'],
      ]
  }
}
