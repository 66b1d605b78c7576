type Environment = Record<string, string | undefined>

/**
 * They act before our first line, so a program that finds one does not open its windows: Chromium writes what pages and
 * the network say (electronjs.org/docs/latest/api/environment-variables), Node what goes through its sockets
 * (nodejs.org/api/cli.html).
 */
const refused = ['ELECTRON_ENABLE_LOGGING', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE'] as const

/**
 * They are read when a connection is made, long after: the keys of TLS are written to a file (Chromium's network
 * service), a certificate is not verified, or another authority is believed (Node).
 */
const dropped = ['SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS'] as const

/**
 * Takes off the environment what would open an installed program's connections, for its own processes and those that it
 * starts. `NODE_OPTIONS`, `ELECTRON_RUN_AS_NODE` and inspectors are shut by the fuses. What loads a library into any
 * program (`LD_PRELOAD`, `GTK_MODULES`) is left: who may set it may do whatever this account does, with or without us.
 */
export function dropDangerous(env: Environment): void {
  for (const name of dropped) delete env[name]
}

/** The first variable that keeps an installed program from opening its windows; null: there is none. */
export function refusedVariable(env: Environment): string | null {
  return refused.find((name) => env[name] !== undefined && env[name] !== '') ?? null
}
