import { posix, win32 } from 'node:path'
import type { Machine } from './site.ts'

/** A path as a report may tell it: the folder of the account, which names somebody, is « ~ ». */
export function told(path: string, { platform, home }: Pick<Machine, 'platform' | 'home'>): string {
  if (home === '') return path
  const paths = platform === 'win32' ? win32 : posix
  const inside = paths.relative(home, path)
  const isOutside = inside === '' || inside.startsWith('..') || paths.isAbsolute(inside)
  return isOutside ? path : paths.join('~', inside)
}
