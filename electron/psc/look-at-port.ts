import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'

/**
 * `ours`: a Comptoir waits for its browser there. `reserved`: nobody has it, and the system does not give it (Windows
 * keeps ranges for itself).
 */
export type PortLook = 'free' | 'ours' | 'taken' | 'reserved'

/** On this machine; whoever has it and says nothing is not ours. In milliseconds. */
const answerMs = 1000
/** Our pages are shorter (end-page.ts). */
const maxBytes = 8192

/**
 * Whether Comptoir could listen on a port, on both loopback addresses as loopback.ts does. It is held for an instant.
 * Never rejects.
 */
export async function lookAtPort(port: number): Promise<PortLook> {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await tried(port, host)
    if (code === null) continue
    if (host === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue
    if (code === 'EACCES') return 'reserved'
    return (await isOurs(port, host)) ? 'ours' : 'taken'
  }
  return 'free'
}

/** Why it cannot be listened on; null where it can. */
async function tried(port: number, host: string): Promise<string | null> {
  const server = createServer()
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : ''
  } finally {
    if (server.listening) {
      server.close()
      await once(server, 'close')
    }
  }
}

/** Whether it answers as our loopback does to who was not sent there: 421, with a page of ours. */
function isOurs(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get({ port, host, path: '/', agent: false, headers: { Host: 'diagnostic.invalid' } })
    const late = setTimeout(() => asked.destroy(), answerMs)
    asked.on('error', () => resolve(false))
    asked.on('close', () => {
      clearTimeout(late)
      resolve(false)
    })
    asked.on('response', (answer) => {
      void isOurPage(answer)
        .catch(() => false)
        .then(resolve)
        .finally(() => asked.destroy())
    })
  })
}

async function isOurPage(answer: IncomingMessage): Promise<boolean> {
  let page = ''
  for await (const chunk of answer) {
    page += String(chunk)
    if (page.length > maxBytes) return false
  }
  return answer.statusCode === 421 && page.includes(' — Comptoir</title>')
}
