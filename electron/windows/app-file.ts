import { join, normalize, sep } from 'node:path'

/** The file a URL names, or null when it is not one of ours. Encoded `..` and separators are undone first. */
export function fileOf(folder: string, url: string): string | null {
  const { host, pathname } = new URL(url)
  if (host !== 'comptoir') return null
  const path = decoded(pathname)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const file = normalize(join(folder, path))
  return file.startsWith(folder + sep) ? file : null
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
