import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'
import { channelsOf } from './electron/ipc/contract.ts'
import { channelPrefix, viewMessage } from './electron/ipc/wire.ts'
import type { WindowRole } from './electron/ipc/views.ts'

const root = import.meta.dirname
const out = (folder: string) => join(root, 'dist', folder)
/** Native modules stay on disk; Electron is given by the runtime. */
const external = ['electron', 'better-sqlite3', '@node-rs/argon2', 'keytar', 'pcsc-mini', 'pkcs11js']

/** Texts that nothing uses are left out, although making some of them calls a function. */
const textsAlone = { test: /\/renderer\/ui\/texts/u, sideEffects: false }

/** The main process: CommonJS, which both the current Electron and the one of test machines load. */
export const mainBuild: InlineConfig = {
  configFile: false,
  root,
  logLevel: 'warn',
  // Whether this is for a test package (settings/edition.ts): said when it is built, never when it is started.
  define: { COMPTOIR_TEST_PACKAGE: JSON.stringify(process.env['COMPTOIR_TEST_PACKAGE'] === '1') },
  ssr: { noExternal: true, external },
  build: {
    ssr: true,
    target: 'node18',
    outDir: out('main'),
    minify: true,
    rolldownOptions: {
      input: {
        main: join(root, 'electron/main.ts'),
        cli: join(root, 'electron/cli/command.worker.ts'),
        'credential-worker': join(root, 'electron/psc/credential-worker.ts'),
        'password-strength': join(root, 'electron/operators/password-strength.worker.ts'),
        'restore-worker': join(root, 'electron/program/restoring.worker.ts'),
        'storage-worker': join(root, 'electron/program/storage-worker.ts'),
        'card-process': join(root, 'native/card/card-process.ts'),
        'cryptolib-worker': join(root, 'native/card/cryptolib-worker.ts'),
      },
      treeshake: { moduleSideEffects: [textsAlone] },
      output: {
        format: 'cjs',
        dynamicImportInCjs: false,
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name].cjs',
      },
    },
  },
}

/** The preload of one window role: a single file, since a sandboxed preload cannot load another. */
export function preloadBuild(role: WindowRole): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    define: {
      COMPTOIR_CHANNELS: JSON.stringify(channelsOf(role)),
      COMPTOIR_PREFIX: JSON.stringify(channelPrefix),
      COMPTOIR_VIEW: JSON.stringify(viewMessage),
    },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(root, 'electron/preload/bridge.ts'),
      target: 'node18',
      outDir: out('preload'),
      emptyOutDir: false,
      minify: true,
      rolldownOptions: { output: { format: 'cjs', codeSplitting: false, entryFileNames: `${role}.cjs` } },
    },
  }
}

/**
 * The page of one window role: a single script, since each request is a turn through the main process, busy at that
 * moment, and no more in it of what pages share than it uses. Nothing is inlined: the content security policy forbids
 * data: fonts.
 */
export function pageBuild(role: WindowRole): InlineConfig {
  return {
    configFile: false,
    root: join(root, 'renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      target: 'chrome114',
      outDir: out('renderer'),
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: join(root, 'renderer', role, 'index.html'),
        treeshake: { moduleSideEffects: [textsAlone] },
        output: { codeSplitting: false, entryFileNames: `assets/${role}-[hash].js` },
      },
    },
  }
}
