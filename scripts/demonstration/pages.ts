import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join } from 'node:path'

/** The pages of the demonstration's web modules, while they are served. */
export type Pages = {
  /** Their address, with a slash at its end. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Always the same, so that a configuration written one day is right the next. */
const usualPort = 43180
const folder = join(import.meta.dirname, 'web')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** Where the pages are whenever nobody else has the port. */
export const usualPagesUrl = urlOf(usualPort)

/** Serves the pages on 127.0.0.1 until `stop`; on any free port when `port` is taken. */
export async function servePages(port = usualPort): Promise<Pages> {
  const files = readFiles()
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', usualPagesUrl).pathname)
    if (file === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end("Cette page de démonstration n'existe pas.\n")
      return
    }
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Security-Policy': "default-src 'self'",
      'Cache-Control': 'no-store',
    })
    response.end(file.content)
  })
  await listen(server, port)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The pages have no port.')
  return {
    url: urlOf(address.port),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    await once(server.listen(0, '127.0.0.1'), 'listening')
  }
}

/** What there is, by path: `/planning` for planning.html, `/` for index.html. Nothing else can be asked for. */
function readFiles(): ReadonlyMap<string, { type: string; content: Buffer }> {
  return new Map(
    readdirSync(folder).map((name) => {
      const path = `/${name.replace(/\.html$/u, '').replace(/^index$/u, '')}`
      return [
        path,
        {
          type: types[extname(name)] ?? 'application/octet-stream',
          content: readFileSync(join(folder, name)),
        },
      ]
    }),
  )
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}/`
}
