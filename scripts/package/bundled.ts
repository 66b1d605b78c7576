import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { InlineConfig, Plugin } from 'vite'
import { z } from 'zod'

/**
 * Watches builds, and tells which npm packages are in what they have written: a package that is imported, but of which
 * nothing was kept, is not there.
 */
export type BundledPackages = {
  /** The same build, watched. */
  readonly watched: (build: InlineConfig) => InlineConfig
  /** Where each package stands in the lock file (`node_modules/zod`), sorted. */
  readonly paths: () => string[]
}

/** `root`: where node_modules is. */
export function watchBundled(root: string): BundledPackages {
  const found = new Set<string>()
  const add = (file: string): void => {
    const path = packageOf(root, file)
    if (path !== null) found.add(path)
  }
  const plugin: Plugin = {
    name: 'bundled-packages',
    generateBundle: (_options, bundle) => {
      for (const written of Object.values(bundle)) {
        if (written.type === 'asset') for (const file of written.originalFileNames) add(file)
        else
          for (const [file, { renderedLength }] of Object.entries(written.modules))
            if (renderedLength > 0) add(file)
      }
    },
  }
  return {
    watched: (build) => ({ ...build, plugins: [...(build.plugins ?? []), plugin] }),
    paths: () => [...found].sort(),
  }
}

/**
 * The package that a file of a build comes from, as the lock file names it; null: it is ours, or the bundler's own. A
 * name may begin with a NUL or end with a query: those are the bundler's too, about that file. Where node_modules is a link,
 * the file's own path is of another folder.
 */
export function packageOf(root: string, file: string): string | null {
  const plain = file.replaceAll('\0', '').replace(/\?.*$/u, '')
  const path = (plain.startsWith(root) ? relative(root, plain) : plain).replaceAll(sep, '/')
  return (
    /(?:^|\/)(?<path>node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/u.exec(path)?.groups?.[
      'path'
    ] ?? null
  )
}

const recorded = z.array(z.string())
const name = 'bundled.json'

/** Keeps, in the folder of a build, what it put into the program. */
export function writeBundled(folder: string, paths: readonly string[]): void {
  writeFileSync(join(folder, name), `${JSON.stringify(paths, null, 2)}\n`)
}

/** What the build in this folder put into the program. */
export function readBundled(folder: string): string[] {
  return recorded.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
}
