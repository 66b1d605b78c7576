import { extname } from 'node:path'
import { protocol, type ProtocolResponse } from 'electron'
import { sessionScheme } from '../module-session/scheme.ts'
import { fileOf } from './app-file.ts'
import { contentSecurityPolicy } from './security.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/**
 * Before `ready`: `app://` is a real origin, with the rules of a secure one. What a module's page asks for its session is
 * served in no partition but its own (session-scheme.ts).
 */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    {
      scheme: sessionScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
    },
  ])
}

/**
 * Serves the built pages under `app://comptoir/`, and nothing outside their folder. `protocol.handle` loads Node's
 * fetch, streams and all, on the way to the first window (measured: 65 ms on Electron 25), hence the older call.
 */
export function serveApp(folder: string): void {
  protocol.registerFileProtocol('app', (request, respond) => respond(responseTo(folder, request.url)))
}

/** The file a URL names, with the headers of its kind; not found, when it is none of ours. */
function responseTo(folder: string, url: string): ProtocolResponse {
  const file = fileOf(folder, url)
  const type = file === null ? undefined : types[extname(file)]
  if (file === null || type === undefined) return { error: notFound }
  return {
    path: file,
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  }
}

/** Chromium's net::ERR_FILE_NOT_FOUND. */
const notFound = -6
