import { Agent as HttpAgent, request as httpRequest, type ClientRequestArgs } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest, type AgentOptions } from 'node:https'
import { isIP, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { EndpointError } from './endpoint-error.ts'

/** For plain and for secure addresses. */
export type Agents = { readonly http: HttpAgent; readonly https: HttpAgent }

type Created = (error: Error | null, socket: Duplex) => void

/**
 * What goes through a proxy: by CONNECT (RFC 9110 §9.3.6), which it is given `timeoutMs` to answer. https-proxy-agent
 * 9.1.0 waits for ever for a proxy that says nothing (measured).
 */
export function proxyAgents(address: string, timeoutMs: number, options: AgentOptions): Agents {
  const { protocol, host, hostname, username, password } = new URL(address)
  const request = protocol === 'https:' ? httpsRequest : httpRequest
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
  const authorization =
    username === '' ? {} : { 'Proxy-Authorization': `Basic ${credentials.toString('base64')}` }

  const tunnel = (target: ClientRequestArgs, created: Created, entered: (socket: Socket) => Duplex): void => {
    const path = authority(target)
    const asked = request(`${protocol}//${host}`, {
      ...options,
      method: 'CONNECT',
      path,
      headers: { Host: path, ...authorization },
      agent: false,
      // Node would take the name that `Host` says.
      servername: isIP(hostname.replaceAll(/[[\]]/gu, '')) === 0 ? hostname : '',
    })
    const failed = (reason: string): void => {
      // Node looks at the error alone.
      created(new EndpointError('proxy', reason), new Socket())
    }
    const late = setTimeout(() => asked.destroy(new EndpointError('proxy', 'too-slow')), timeoutMs)
    asked.once('close', () => clearTimeout(late))
    asked.once('error', (error) => failed(codeOf(error)))
    asked.once('connect', ({ statusCode }, socket: Socket) => {
      clearTimeout(late)
      if (statusCode === 200) created(null, entered(socket))
      else {
        socket.destroy()
        failed(String(statusCode))
      }
    })
    asked.end()
  }

  const http = new HttpAgent(options)
  http.createConnection = (target, created) => {
    if (created !== undefined) tunnel(target, created, (socket) => socket)
    return null
  }
  const https = new HttpsAgent(options)
  const secure = https.createConnection.bind(https)
  https.createConnection = (target, created) => {
    if (created !== undefined)
      tunnel(target, created, (socket) => secure(Object.assign({}, target, { socket })) ?? socket)
    return null
  }
  return { http, https }
}

/** `host:port`, an IPv6 address in brackets (RFC 3986 §3.2). */
function authority({ host, port }: ClientRequestArgs): string {
  return `${host?.includes(':') === true ? `[${host}]` : host}:${port}`
}

function codeOf(error: Error): string {
  if (error instanceof EndpointError) return error.code
  return 'code' in error ? String(error.code) : ''
}
