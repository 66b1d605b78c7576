import { once } from 'node:events'
import { createServer } from 'node:http'

/** A web site of our own, for what the pages of the demonstration do not do. */
export type Site = {
  readonly origin: string
  /** The paths that were asked for, in order: what was refused has never come here. */
  readonly visits: readonly string[]
  /** What it answers from now on, by path; anything else is an empty page. */
  readonly answer: (answers: Readonly<Record<string, Answer>>) => void
  readonly stop: () => Promise<void>
}
/** `never`: the answer is waited for in vain. */
export type Answer = { body?: string; status?: number; headers?: Record<string, string>; never?: boolean }

/** Serves a site on a free port of 127.0.0.1, an origin of its own, until `stop`. */
export async function serveSite(): Promise<Site> {
  const visits: string[] = []
  let answers: Readonly<Record<string, Answer>> = {}
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    visits.push(path)
    const answer = answers[path] ?? {}
    if (answer.never === true) return
    const { body = '<!doctype html><title>Page</title>', status = 200, headers = {} } = answer
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers })
    response.end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The site has no port.')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    visits,
    answer: (next) => {
      answers = next
    },
    stop: async () => {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
