import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cached, projectNode, root as checkout } from '../../bootstrap/places.mjs'
import { packageForLinux } from '../linux.ts'
import { buildProgram, putProgram } from './archive.ts'
import type { Deb } from './install.ts'
import { must } from './told.ts'

const long = 1200
/** Below any that was ever given out. */
const previousVersion = '0.0.1'

/** A package, read from its own control file. */
export async function debOf(file: string): Promise<Deb> {
  const told = await must(['dpkg-deb', '--show', '--showformat=${Package} ${Version}', file])
  const [name = '', version = ''] = told.split(' ')
  return { file, name, version }
}

/**
 * Builds the package of this checkout into a folder.
 * @throws {Error} when it is not built
 */
export async function buildPackage(folder: string): Promise<Deb> {
  const code = await packageForLinux(['--test-package', '--out', folder])
  if (code !== 0) throw new Error(`The package was not built (${code}).`)
  return theDebIn(folder)
}

async function theDebIn(folder: string): Promise<Deb> {
  const name = (await readdir(folder)).find((one) => one.endsWith('.deb'))
  if (name === undefined) throw new Error(`${folder} holds no package.`)
  return debOf(join(folder, name))
}

/**
 * The package of another commit, with a version below any other. A commit that has no packaging yet is put in today's,
 * but for the scripts, which run commands that it does not know.
 */
export async function packageOf(commit: string, now: Deb, scratch: string): Promise<Deb> {
  const name = (await must(['git', '-C', checkout, 'rev-parse', '--short=12', `${commit}^{commit}`])).trim()
  const sources = join(scratch, 'sources')
  await mkdir(sources)
  await must(['sh', '-c', `git -C "$1" archive "$2" | tar -x -C "$3"`, '-', checkout, name, sources])
  await symlink(join(checkout, 'node_modules'), join(sources, 'node_modules'))
  if (!existsSync(join(sources, 'scripts/package/linux.ts'))) return lent(sources, now, scratch)
  const folder = await cached(`package-${name}-${previousVersion}`, async (folder) => {
    const date = (await must(['git', '-C', checkout, 'log', '-1', '--format=%ct', name])).trim()
    const out = join(scratch, 'previous')
    const words = ['--linux', '--test-package', '--version', previousVersion, '--out', out]
    const environment = ['env', '-C', sources, `SOURCE_DATE_EPOCH=${date}`]
    await must([...environment, projectNode, 'scripts/package.ts', ...words], { seconds: long })
    const { file } = await theDebIn(out)
    await cp(file, join(folder, 'previous.deb'))
  })
  return theDebIn(folder)
}

/** What an administrator did by hand, before the package did it. */
const byHand = '#!/bin/sh\nset -e\ninstall -d -m 0755 /etc/comptoir\ninstall -d -m 0777 /var/lib/comptoir\n'

function lent(sources: string, now: Deb, scratch: string): Promise<Deb> {
  return changed(now, previousVersion, scratch, async (folder) => {
    await buildProgram(sources, true)
    const archive = join(folder, 'opt/Comptoir/resources/app.asar')
    await putProgram(archive, { built: join(sources, 'dist'), version: previousVersion, scratch })
    const control = join(folder, 'DEBIAN')
    for (const script of ['preinst', 'prerm', 'postrm', 'md5sums']) await rm(join(control, script))
    await writeFile(join(control, 'postinst'), byHand)
  })
}

/** The same package under another version, for what only the version decides. */
export function renamedTo(version: string, deb: Deb, scratch: string): Promise<Deb> {
  return changed(deb, version, scratch, () => Promise.resolve())
}

/** A package whose files are changed; not compressed. */
async function changed(
  deb: Deb,
  version: string,
  scratch: string,
  change: (folder: string) => Promise<void>,
): Promise<Deb> {
  const [folder, file] = [join(scratch, `deb-${version}`), join(scratch, `${version}.deb`)]
  await must(['dpkg-deb', '--raw-extract', deb.file, folder])
  await must(['sed', '-i', `s/^Version: .*/Version: ${version}/`, join(folder, 'DEBIAN/control')])
  await change(folder)
  await must(['dpkg-deb', '--root-owner-group', '-Znone', '--build', folder, file])
  await rm(folder, { recursive: true })
  return { ...deb, file, version }
}
