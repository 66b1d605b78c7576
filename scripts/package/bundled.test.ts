import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../bootstrap/places.mjs'
import { packageOf, watchBundled } from './bundled.ts'

const folder = mkdtempSync(join(tmpdir(), 'comptoir-bundled-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('what a build put into the program', () => {
  it('tells the packages of which something was kept, by their places in the lock file', async () => {
    const { watched, paths } = watchBundled(root)
    await build(
      watched({
        configFile: false,
        root,
        logLevel: 'silent',
        plugins: [
          {
            name: 'entry',
            resolveId: (id) => (id === 'entry' ? `${root}/entry.js` : null),
            load: (id) =>
              id === `${root}/entry.js`
                ? `import canonicalize from 'canonicalize'; import { jwtVerify } from 'jose'
                   import letters from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
                   console.log(canonicalize({}), letters)`
                : null,
          },
        ],
        build: {
          outDir: folder,
          emptyOutDir: false,
          assetsInlineLimit: 0,
          rolldownOptions: { input: 'entry' },
        },
      }),
    )
    expect(paths()).toEqual(['node_modules/@fontsource-variable/inter', 'node_modules/canonicalize'])
  })

  it.each([
    ['/here/node_modules/zod/v4/core.js', 'node_modules/zod'],
    ['/here/node_modules/a/node_modules/@b/c/d.js?commonjs', 'node_modules/a/node_modules/@b/c'],
    ['\0/here/node_modules/react/index.js?commonjs-proxy', 'node_modules/react'],
    ['../node_modules/@fontsource-variable/inter/files/x.woff2', 'node_modules/@fontsource-variable/inter'],
    ['/elsewhere/node_modules/zod/v4/core.js', 'node_modules/zod'],
    ['/elsewhere/node_modules/a/node_modules/@b/c/d.js', 'node_modules/a/node_modules/@b/c'],
    ['/here/electron/main.ts', null],
    ['\0rolldown/runtime.js', null],
  ])('%s is of %s', (file, expected) => {
    expect(packageOf('/here', file)).toBe(expected)
  })
})
