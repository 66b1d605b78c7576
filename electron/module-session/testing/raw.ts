import { connect } from 'node:net'

/** What a server answers to these very bytes, whole; empty when it hangs up. Never rejects. */
export function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  more: { end?: boolean } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => {
      if (more.end === false) socket.write(bytes)
      else socket.end(bytes)
    })
    socket.on('data', (part) => parts.push(part))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')))
  })
}

/** The status of each answer in what was received. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/^HTTP\/1\.1 (\d{3}) /gmu)].map(([, status]) => Number(status))
}
