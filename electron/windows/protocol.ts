import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { contentSecurityPolicy } from './security.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** Before `ready`: `app://` is a real origin, with the rules of a secure one. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/**
 * Serves the built pages under `app://comptoir/`, and nothing outside their folder. `protocol.handle` loads Node's
 * fetch, streams and all, on the way to the first window (measured: 65 ms on Electron 25), hence the older call.
 */
export function serveApp(folder: string): void {
  protocol.registerBufferProtocol('app', (request, respond) => {
    void respondWith(folder, request.url).then(respond)
  })
}

async function respondWith(folder: string, url: string): Promise<Electron.ProtocolResponse> {
  const file = fileOf(folder, url)
  const type = file === null ? undefined : types[extname(file)]
  if (file === null || type === undefined) return { statusCode: 404, data: Buffer.from('') }
  try {
    return {
      statusCode: 200,
      mimeType: type.split(';')[0] ?? type,
      charset: 'utf-8',
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': contentSecurityPolicy,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
      },
      data: await readFile(file),
    }
  } catch {
    return { statusCode: 404, data: Buffer.from('') }
  }
}

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
