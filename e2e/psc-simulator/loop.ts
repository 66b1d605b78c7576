import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BrokerTraits } from './broker.ts'

// A broker that loops on `prompt=login` brings its page back after every identification, and that browser stays stuck
// in later ones until a logout (brokers.md 3). The browser remembers it in a cookie.

/** A cookie does not know ports: each simulator has its own. */
function cookie({ socket }: IncomingMessage): string {
  return `boucle_${socket.localPort}`
}

/** Whether the identification that has just succeeded leads back to its page. */
export function browserLoops(
  traits: BrokerTraits,
  request: IncomingMessage,
  params: Readonly<Record<string, unknown>>,
): boolean {
  if (traits.prompt !== 'loops') return false
  return isStuck(request) || params['prompt'] === 'login' || params['max_age'] !== undefined
}

export function isStuck(request: IncomingMessage): boolean {
  return request.headers.cookie?.split('; ').includes(`${cookie(request)}=1`) ?? false
}

export function rememberLoop(response: ServerResponse): void {
  response.appendHeader('Set-Cookie', `${cookie(response.req)}=1; Path=/auth; HttpOnly; SameSite=Lax`)
}

export function forgetLoop(response: ServerResponse): void {
  response.appendHeader(
    'Set-Cookie',
    `${cookie(response.req)}=; Path=/auth; Max-Age=0; HttpOnly; SameSite=Lax`,
  )
}
