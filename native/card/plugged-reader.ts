import { readdir, readFile } from 'node:fs/promises'
import { win32 } from 'node:path'
import { runOn, systemRoot, type Environment, type Run } from './run-program.ts'

type Question = {
  readonly platform: string
  readonly env: Environment
  readonly run?: Run
  /** Where a path of that workstation is on this one; itself. */
  readonly locate?: (path: string) => string
}

/**
 * Whether the system sees a smart-card reader plugged in, although its PC/SC service does not run. A reader of a USB
 * class of its vendor's own is not seen, but on Windows, where its driver says what it is. Never rejects: what cannot
 * be found out, within 3 s, is false.
 */
export function readerIsPlugged({ platform, env, run, locate = (path) => path }: Question): Promise<boolean> {
  switch (platform) {
    case 'win32':
      return isConnected(run ?? runOn(platform, env), win32.join(systemRoot(env), 'System32', 'pnputil.exe'))
    case 'darwin':
      return isRegistered(run ?? runOn(platform, env))
    default:
      return isOnUsb(locate('/sys/bus/usb/devices'))
  }
}

/** The class « Smart Card » of USB-IF, 0Bh, which CCID readers have (defined-class-codes). */
const usbSmartCard = 0x0b

/** Linux: an interface of a USB device is a folder named with a colon (kernel, drivers/usb/core/sysfs.c). */
async function isOnUsb(folder: string): Promise<boolean> {
  try {
    const names = (await readdir(folder)).filter((name) => name.includes(':'))
    const classes = await Promise.all(
      names.map((name) => readFile(`${folder}/${name}/bInterfaceClass`, 'utf8').catch(() => '')),
    )
    return classes.some((text) => Number.parseInt(text, 16) === usbSmartCard)
  } catch {
    return false
  }
}

/**
 * Windows 10 1903 and later (Microsoft, « PnPUtil Command Syntax »). What it prints is in the system's language but for
 * the device instance ids, `USB\VID_076B&PID_3031\…`. Those of readers that are only software, such as the TPM's virtual
 * card, are under ROOT or SWD.
 */
async function isConnected(run: Run, program: string): Promise<boolean> {
  const printed = await run(program, ['/enum-devices', '/class', 'SmartCardReader', '/connected'])
  return /(?<![\w\\])(?!ROOT\\|SWD\\)[A-Z][A-Z0-9_]*\\[^\\\s]+\\\S+/iu.test(printed ?? '')
}

/** macOS: the I/O Registry tells the class of each USB interface, in decimal: 0Bh is 11. */
async function isRegistered(run: Run): Promise<boolean> {
  const printed = await run('/usr/sbin/ioreg', ['-r', '-c', 'IOUSBHostInterface', '-l', '-w', '0'])
  return /"bInterfaceClass" = 11$/mu.test(printed ?? '')
}
