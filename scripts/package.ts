// `npm run package -- --linux`: the installers; the other words check them, where this machine can. Each part is loaded alone.

const [work = '--help', ...rest] = process.argv.slice(2)

switch (work) {
  case '--linux': {
    const { packageForLinux } = await import('./package/linux.ts')
    process.exitCode = await packageForLinux(rest)
    break
  }
  case '--prove': {
    const { prove } = await import('./package/prove/prove.ts')
    process.exitCode = await prove(rest)
    break
  }
  case '--windows-check': {
    const { checkWindows } = await import('./package/windows/check.ts')
    process.exitCode = await checkWindows(rest)
    break
  }
  case '--report': {
    const { report } = await import('./package/report/report.ts')
    process.exitCode = await report(rest)
    break
  }
  default:
    console.error(
      'npm run package -- --linux [--dir] [--version X] [--out DIR] | --prove | --windows-check | --report',
    )
    process.exitCode = 64
}
