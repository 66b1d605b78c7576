// A Debian package from a list of files, by dpkg-deb: what fpm does for electron-builder, for machines that have no
// fpm (Debian has none). https://www.debian.org/doc/debian-policy/

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  chmod,
  cp,
  lstat,
  lutimes,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { run } from '../bootstrap/command.mjs'

const maintainerScripts = ['preinst', 'postinst', 'prerm', 'postrm'] as const
type MaintainerScript = (typeof maintainerScripts)[number]

/** What goes into a package. */
export interface DebianPackage {
  /** Path of the package to write. */
  readonly file: string
  /** Fields of the control file but Installed-Size, in their order. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly scripts: Partial<Record<MaintainerScript, string>>
  /** Where each file or folder goes; one that ends with a slash gives its content. */
  readonly content: readonly { readonly from: string; readonly to: string }[]
  /** Paths, from the root, of what is left out of it all the same. */
  readonly excluded: readonly string[]
  readonly compression: string
  readonly compressionLevel: string | undefined
}

/**
 * Reads the arguments of fpm that electron-builder gives, and those of `deb.fpm` in electron-builder.yml.
 * @throws {TypeError} when there is one that this stand-in does not know
 */
export function readFpmArguments(args: readonly string[]): DebianPackage {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'input-type': { type: 'string', short: 's' },
      'output-type': { type: 'string', short: 't' },
      force: { type: 'boolean' },
      depends: { type: 'string', short: 'd', multiple: true, default: [] },
      conflicts: { type: 'string', multiple: true, default: [] },
      replaces: { type: 'string', multiple: true, default: [] },
      provides: { type: 'string', multiple: true, default: [] },
      'deb-recommends': { type: 'string', multiple: true, default: [] },
      'deb-compression': { type: 'string', default: 'xz' },
      'deb-compression-level': { type: 'string' },
      'deb-priority': { type: 'string', default: 'optional' },
      architecture: { type: 'string' },
      'before-install': { type: 'string' },
      'after-install': { type: 'string' },
      'before-remove': { type: 'string' },
      'after-remove': { type: 'string' },
      description: { type: 'string' },
      version: { type: 'string' },
      package: { type: 'string' },
      name: { type: 'string' },
      maintainer: { type: 'string' },
      vendor: { type: 'string' },
      url: { type: 'string' },
      category: { type: 'string', default: 'misc' },
      license: { type: 'string' },
      exclude: { type: 'string', multiple: true, default: [] },
    },
  })
  if (values['input-type'] !== 'dir' || values['output-type'] !== 'deb')
    throw new TypeError('Only folders are packed here, and only as a deb.')
  const given = (name: 'name' | 'version' | 'architecture' | 'maintainer' | 'description' | 'package') => {
    const value = values[name]
    if (value === undefined || value === '') throw new TypeError(`--${name} is missing.`)
    return value
  }
  const scripts = {
    preinst: values['before-install'],
    postinst: values['after-install'],
    prerm: values['before-remove'],
    postrm: values['after-remove'],
  }
  return {
    file: given('package'),
    fields: [
      ['Package', given('name')],
      ['Version', given('version')],
      ['Architecture', given('architecture')],
      ['Maintainer', given('maintainer')],
      ...optional('Depends', values.depends.join(', ')),
      ...optional('Recommends', values['deb-recommends'].join(', ')),
      ...optional('Conflicts', values.conflicts.join(', ')),
      ...optional('Replaces', values.replaces.join(', ')),
      ...optional('Provides', values.provides.join(', ')),
      ['Section', values.category],
      ['Priority', values['deb-priority']],
      ...optional('Homepage', values.url),
      ['Description', foldedDescription(given('description'))],
    ],
    scripts: Object.fromEntries(Object.entries(scripts).filter(([, path]) => path !== undefined)),
    content: positionals.map(readMapping),
    excluded: values.exclude,
    compression: values['deb-compression'],
    compressionLevel: values['deb-compression-level'],
  }
}

/** A field, unless there is nothing in it. */
function optional(name: string, value: string | undefined): (readonly [string, string])[] {
  return value === undefined || value === '' ? [] : [[name, value]]
}

/** `/from/=/to`, as fpm has it: the destination follows the last equals sign. */
function readMapping(mapping: string) {
  const at = mapping.lastIndexOf('=')
  if (at === -1) throw new TypeError(`${mapping}: a source and a destination are separated by “=”.`)
  return { from: mapping.slice(0, at), to: mapping.slice(at + 1) }
}

/** The first line is the synopsis; the others are indented, and a dot stands for an empty one (Debian policy §5.6.13). */
function foldedDescription(description: string): string {
  const [synopsis = '', ...rest] = description.trim().split('\n')
  return [synopsis.trim(), ...rest.map((line) => (line.trim() === '' ? ' .' : ` ${line.trim()}`))].join('\n')
}

/**
 * Writes the package. Two calls with the same content and the same date write the same bytes.
 * @param date seconds since 1970, of every file in the package (https://reproducible-builds.org/specs/source-date-epoch/)
 */
export async function writeDeb(wanted: DebianPackage, date: number): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'comptoir-deb-'))
  const stage = join(scratch, 'root')
  // Nobody takes half a package for one.
  const unfinished = `${wanted.file}.unfinished`
  try {
    await mkdir(stage)
    await chmod(stage, 0o755)
    for (const { from, to } of wanted.content) {
      await cp(from, join(stage, to), { recursive: true, verbatimSymlinks: true })
    }
    for (const path of wanted.excluded) await rm(join(stage, path), { recursive: true })
    const entries = await entriesOf(stage)
    const control = join(stage, 'DEBIAN')
    await mkdir(control)
    await writeFile(join(control, 'control'), controlFile(wanted, installedSize(entries)))
    await writeFile(join(control, 'md5sums'), await md5sums(stage, entries))
    const conffiles = entries.filter(
      ({ kind, path }) => kind === 'file' && path.startsWith(join(stage, 'etc/')),
    )
    if (conffiles.length > 0) {
      await writeFile(
        join(control, 'conffiles'),
        conffiles.map(({ path }) => `/${relative(stage, path)}\n`).join(''),
      )
    }
    for (const [name, path] of Object.entries(wanted.scripts)) {
      await cp(path, join(control, name))
      await chmod(join(control, name), 0o755)
    }
    for (const entry of await entriesOf(stage)) {
      await settleMode(entry)
      await lutimes(entry.path, date, date)
    }
    await utimes(stage, date, date)
    const level = wanted.compressionLevel === undefined ? [] : [`-z${wanted.compressionLevel}`]
    await mkdir(dirname(wanted.file), { recursive: true })
    await run(
      'dpkg-deb',
      ['--root-owner-group', `-Z${wanted.compression}`, ...level, '--build', stage, unfinished],
      { env: { ...process.env, SOURCE_DATE_EPOCH: String(date) } },
    )
    await rename(unfinished, wanted.file)
  } finally {
    await rm(scratch, { recursive: true, force: true })
    await rm(unfinished, { force: true })
  }
}

interface Entry {
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly size: number
  readonly mode: number
}

/** All that is in a folder, sorted, folders before their content. */
async function entriesOf(folder: string): Promise<Entry[]> {
  const names = await readdir(folder, { recursive: true })
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name)
      const stats = await lstat(path)
      const kind = stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'file'
      return { path, kind, size: stats.size, mode: stats.mode }
    }),
  )
}

/** Modes that do not depend on the builder's umask: only who may execute is kept, and a set user id. */
async function settleMode({ path, kind, mode }: Entry): Promise<void> {
  if (kind === 'link') return
  const executable = kind === 'folder' || (mode & 0o100) !== 0
  await chmod(path, (mode & 0o4000) | (executable ? 0o755 : 0o644))
}

/** In KiB; each file is rounded up, each folder and link counts for one (Debian policy §5.6.20). */
function installedSize(entries: readonly Entry[]): number {
  return entries.reduce((sum, { kind, size }) => sum + (kind === 'file' ? Math.ceil(size / 1024) : 1), 0)
}

/** The size stands after the maintainer, as in packages that dpkg itself makes. */
function controlFile({ fields }: DebianPackage, size: number): string {
  const lines = fields.map(([name, value]) => `${name}: ${value}\n`)
  const after = fields.findIndex(([name]) => name === 'Maintainer') + 1
  return lines.toSpliced(after, 0, `Installed-Size: ${size}\n`).join('')
}

/** For `dpkg -V` (deb-md5sums(5)). */
async function md5sums(stage: string, entries: readonly Entry[]): Promise<string> {
  const lines: string[] = []
  for (const { path } of entries.filter(({ kind }) => kind === 'file')) {
    const hash = createHash('md5')
    await pipeline(createReadStream(path), hash)
    lines.push(`${hash.digest('hex')}  ${relative(stage, path)}\n`)
  }
  return lines.join('')
}
