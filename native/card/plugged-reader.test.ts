import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readerIsPlugged } from './plugged-reader.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'comptoir-reader-'))
})
afterEach(async () => {
  await rm(root, { recursive: true })
})

const onLinux = () => readerIsPlugged({ platform: 'linux', env: {}, locate: (path) => join(root, path) })

/** A USB interface as sysfs has it. */
async function plug(name: string, usbClass: string | null): Promise<void> {
  const folder = join(root, 'sys/bus/usb/devices', name)
  await mkdir(folder, { recursive: true })
  if (usbClass !== null) await writeFile(join(folder, 'bInterfaceClass'), `${usbClass}\n`)
}

describe('on Linux', () => {
  it('a reader is plugged that has the smart-card class', async () => {
    await plug('1-1:1.0', '03')
    // Pulled out meanwhile.
    await plug('1-1:1.1', null)
    await plug('1-2.4:1.0', '0b')
    expect(await onLinux()).toBe(true)
  })

  it('none is plugged among other devices', async () => {
    await plug('1-1:1.0', '03')
    await plug('usb1', '0b')
    expect(await onLinux()).toBe(false)
  })

  it('none is plugged where there is no USB', async () => {
    expect(await onLinux()).toBe(false)
  })
})

/** What the system's program prints; null: it fails. Says which program was run, how. */
async function printing(platform: 'win32' | 'darwin', printed: string | null) {
  const calls: string[][] = []
  const plugged = await readerIsPlugged({
    platform,
    env: { SystemRoot: 'D:\\Windows' },
    run: (program, args) => {
      calls.push([program, ...args])
      return Promise.resolve(printed)
    },
  })
  return { plugged, calls }
}

describe('on Windows', () => {
  it.each<[string, string | null, boolean]>([
    [
      'in English',
      'Instance ID:                USB\\VID_076B&PID_3031\\5&2c6a5b3&0&2\r\nDevice Description:         Microsoft Usbccid Smartcard Reader (WUDF)\r\n',
      true,
    ],
    [
      'in French, in the old code page',
      'ID d\uFFFDinstance\u00A0:              USB\\VID_08E6&PID_3437\\6&1F2E\r\nNom de la classe :          SmartCardReader\r\n',
      true,
    ],
    ['a reader of the PC Card slot', 'Instance ID: PCMCIA\\OMNIKEY-CARDMAN_4040\\1\r\n', true],
    ['the TPM’s virtual card', 'Instance ID:                ROOT\\SMARTCARDREADER\\0000\r\n', false],
    ['a software device', 'Instance ID: SWD\\SCDEVICEENUM\\1_READER\r\n', false],
    ['none', 'No devices were found on the system.\r\n', false],
    ['a path of a file', 'Driver: C:\\Windows\\INF\\oem12.inf\r\n', false],
    ['an older Windows, which fails', null, false],
  ])('a reader is plugged or not: %s', async (_, printed, plugged) => {
    expect((await printing('win32', printed)).plugged).toBe(plugged)
  })

  it('System32 is asked', async () => {
    const { calls } = await printing('win32', null)
    expect(calls).toEqual([
      ['D:\\Windows\\System32\\pnputil.exe', '/enum-devices', '/class', 'SmartCardReader', '/connected'],
    ])
  })
})

describe('on macOS', () => {
  it.each<[string, string | null, boolean]>([
    ['a reader', '+-o CCID  <class IOUSBHostInterface>\n    {\n      "bInterfaceClass" = 11\n    }\n', true],
    ['a keyboard', '      "bInterfaceClass" = 3\n', false],
    ['a class that begins alike', '      "bInterfaceClass" = 110\n', false],
    ['its subclass', '      "bInterfaceSubClass" = 11\n', false],
    ['a failure', null, false],
  ])('a reader is plugged or not: %s', async (_, printed, plugged) => {
    const answer = await printing('darwin', printed)
    expect(answer.plugged).toBe(plugged)
    expect(answer.calls[0]?.[0]).toBe('/usr/sbin/ioreg')
  })
})
