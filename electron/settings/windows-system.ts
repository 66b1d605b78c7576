import { win32 } from 'node:path'

/** Windows' own folder, and whether the program stands on the disk that it is on. */
export type WindowsSystem = { readonly folder: string; readonly isOnDiskOf: (program: string) => boolean }

/**
 * Where Windows' own tools are, by ntdll.dll, which every process has loaded from there: what `SystemRoot` says is
 * anybody's, and at the root of another disk than Windows' any account makes folders, « Windows\System32 » or
 * « ProgramData » too (Microsoft, default ACL of a data volume).
 */
export function windowsSystem(report: object | undefined = process.report?.getReport()): WindowsSystem {
  const loaded: unknown = report !== undefined && 'sharedObjects' in report ? report.sharedObjects : []
  const files: unknown[] = Array.isArray(loaded) ? loaded : []
  const ntdll = files.find(
    (file): file is string => typeof file === 'string' && /^[a-z]:\\.*\\ntdll\.dll$/iu.test(file),
  )
  const folder = ntdll === undefined ? 'C:\\Windows\\System32' : win32.dirname(ntdll)
  return { folder, isOnDiskOf: (program) => diskOf(program) === diskOf(folder) }
}

function diskOf(file: string): string {
  return win32.parse(file).root.toUpperCase()
}
