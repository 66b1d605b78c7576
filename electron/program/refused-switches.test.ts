import { describe, expect, it } from 'vitest'
import { refusedSwitch } from './refused-switches.ts'

const refusedOn = (platform: string, ...args: string[]): string | null =>
  refusedSwitch(['/opt/Comptoir/comptoir', ...args], platform)

describe('the windows of an installed program', () => {
  it.each([
    [],
    ['--disable-gpu', '--force-device-scale-factor=1.5'],
    ['--force-renderer-accessibility'],
    ['--ozone-platform=wayland', '--ozone-platform-hint=auto'],
    ['-disable-gpu'],
  ])('open with %j', (...args) => {
    for (const platform of ['linux', 'win32', 'darwin']) expect(refusedOn(platform, ...args)).toBeNull()
  })

  it.each([
    'remote-debugging-port',
    'remote-debugging-pipe',
    'no-sandbox',
    'disable-gpu-sandbox',
    'load-extension',
    'user-data-dir',
    'disk-cache-dir',
    'proxy-server',
    'proxy-pac-url',
    'host-rules',
    'host-resolver-rules',
    'js-flags',
    'renderer-cmd-prefix',
    'utility-cmd-prefix',
    'gpu-launcher',
    'renderer-process-limit',
    'ignore-certificate-errors',
    'ignore-certificate-errors-spki-list',
    'disable-web-security',
    'disable-features',
    'enable-features',
    'enable-logging',
    'log-file',
    'log-net-log',
    'net-log',
    'ssl-key-log-file',
    'inspect',
    'inspect-brk',
    'inspect_brk',
    'gtk-module',
    'password-store',
    'auth-server-whitelist',
    'headless',
    'type',
    'a-switch-of-the-next-version',
  ])('do not open with --%s, however it is written', (name) => {
    for (const platform of ['linux', 'win32', 'darwin']) {
      for (const written of [`--${name}`, `-${name}`, `--${name}=secret`, ` --${name}`, `\t-${name}=1 `]) {
        expect(refusedOn(platform, '--disable-gpu', written), written).toBe(`--${name}`)
      }
      expect(refusedOn(platform, '--', `--${name}=1`)).toBe(`--${name}`)
      expect(refusedOn(platform, `--${name.toUpperCase()}`)).toBe(`--${name.toUpperCase()}`)
    }
    expect(refusedOn('win32', `/${name}=1`)).toBe(`--${name}`)
  })

  it('take a switch as Chromium does: the first prefix, the first equals sign', () => {
    expect(refusedOn('linux', '---disable-gpu')).toBe('---disable-gpu')
    expect(refusedOn('linux', '--disable-gpu=--no-sandbox')).toBeNull()
    expect(refusedOn('linux', '--disable-gpu,no-sandbox')).toBe('--disable-gpu,no-sandbox')
    expect(refusedOn('linux', '--', '-')).toBeNull()
    // A path, where a switch does not begin so.
    expect(refusedOn('linux', '/no-sandbox')).toBeNull()
  })

  it("take Finder's number of the process, where there is a Finder", () => {
    expect(refusedOn('darwin', '-psn_0_989382')).toBeNull()
    expect(refusedOn('linux', '-psn_0_989382')).toBe('--psn_0_989382')
    expect(refusedOn('darwin', '-psn_0_1,no-sandbox')).toBe('--psn_0_1,no-sandbox')
  })

  it('tell the name on one short line, and never the value', () => {
    const told = refusedOn('linux', `--${'x'.repeat(500)}\n\u202e\u001b[31m=secret`)
    expect(told).toBe(`--${'x'.repeat(60)}`)
    expect(refusedOn('linux', '--a\nb\u001b[0m')).toBe('--ab[0m')
  })
})
