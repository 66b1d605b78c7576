// `npm run package -- --linux`: the installers; the other words check them, where this machine can. Each part is loaded alone.

import { say } from './bootstrap/terminal.mjs'

const usage =
  'npm run package -- --linux [--dir] [--version X] [--out DIR] | --prove | --windows-check | --report'
const [work = '', ...rest] = process.argv.slice(2)

process.exitCode = await perform()

async function perform(): Promise<number> {
  switch (work) {
    case '--linux': {
      const { packageForLinux } = await import('./package/linux.ts')
      return packageForLinux(rest)
    }
    case '--prove': {
      const { prove } = await import('./package/prove/prove.ts')
      return prove(rest)
    }
    case '--windows-check': {
      const { checkWindows } = await import('./package/windows/check.ts')
      return checkWindows(rest)
    }
    case '--report': {
      const { report } = await import('./package/report/report.ts')
      return report(rest)
    }
    default:
      say(usage)
      return 64
  }
}
