import { expect, it } from 'vitest'
import { dropDangerous, refusedVariable } from './environment.ts'

it('drops what would open the connections, and nothing else', () => {
  const kept = {
    PATH: '/usr/bin',
    HOME: '/home/comptoir',
    GTK_MODULES: 'gail:atk-bridge',
    LD_PRELOAD: '/x.so',
  }
  const env: Record<string, string | undefined> = {
    ...kept,
    SSLKEYLOGFILE: '/tmp/keys',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_EXTRA_CA_CERTS: '/tmp/ca.pem',
  }
  dropDangerous(env)
  expect(env).toEqual(kept)
})

it.each(['ELECTRON_ENABLE_LOGGING', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE'])(
  'refuses %s, which has acted already',
  (name) => {
    expect(refusedVariable({ PATH: '/usr/bin', [name]: 'http' })).toBe(name)
    expect(refusedVariable({ PATH: '/usr/bin', [name]: '' })).toBeNull()
  },
)
