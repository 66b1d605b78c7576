import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { must } from './told.ts'

/** Where this machine gets Debian from. */
export type Archive = {
  readonly url: string
  readonly release: string
  readonly components: readonly string[]
}

/** What the scratch roots have of this machine: its archives of packages, and how it reaches them. */
export type Machine = {
  /** The Debian that is made: this machine's own. */
  readonly release: string
  readonly main: Archive
  readonly archives: readonly Archive[]
  /** apt's own settings of the network. */
  readonly acquire: string
  /** Changes with any of it. */
  readonly mark: string
}

/** Keys of archives, that /etc may hold beside Debian's own. */
const keyFolders = ['etc/apt/trusted.gpg.d', 'etc/apt/keyrings']
const certificates = '/etc/ssl/certs/ca-certificates.crt'
const certificatesThere = '/etc/apt/machine-certificates.crt'
const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/**
 * Asks apt where this machine's packages come from.
 * @throws {Error} when that is not a Debian
 */
export async function thisMachine(): Promise<Machine> {
  const names = await readFile('/etc/os-release', 'utf8')
  const release = /^VERSION_CODENAME=(?<name>\w+)/mu.exec(names)?.groups?.['name'] ?? ''
  const listed = await must([
    'apt-get',
    'indextargets',
    '--format',
    '$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)',
    'Created-By: Packages',
  ])
  const archives = archivesIn(listed)
  const main = archives.find((archive) => archive.release === release)
  if (main === undefined) throw new Error('apt names no archive of this Debian: look in /etc/apt.')
  const acquire = (await must(['apt-config', 'dump']))
    .split('\n')
    .filter((line) => line.startsWith('Acquire::'))
    .join('\n')
  const mark = createHash('sha256')
    .update(JSON.stringify([archives, acquire]))
    .digest('hex')
    .slice(0, 8)
  return { release, main, archives, acquire, mark }
}

/** Reads apt's list, a line for each component of each release; other archives than Debian's are left out. */
export function archivesIn(listed: string): Archive[] {
  const found = new Map<string, Archive>()
  for (const line of listed.split('\n')) {
    const [url, release, component, origin] = line.split(' ')
    if (url === undefined || release === undefined || component === undefined || origin !== 'Debian') continue
    const key = `${url} ${release}`
    const components = new Set([...(found.get(key)?.components ?? []), component])
    found.set(key, { url, release, components: [...components] })
  }
  return [...found.values()]
}

/** Gives a root the archives of this machine, and apt's ways to them; nothing that is installed there starts a service. */
export async function furnish({ archives, acquire }: Machine, folder: string): Promise<void> {
  const lines = archives.map(
    ({ url, release, components }) => `deb ${url} ${release} ${components.join(' ')}\n`,
  )
  await writeFile(join(folder, 'etc/apt/sources.list'), lines.join(''))
  const secure = archives.some(({ url }) => url.startsWith('https:')) && existsSync(certificates)
  if (secure) await cp(certificates, join(folder, certificatesThere))
  const settings = [
    acquire,
    ...(secure ? [`Acquire::https::CAInfo "${certificatesThere}";`] : []),
    'APT::Install-Recommends "false";',
    // Written to be thrown away: whether it survives a power cut is no matter.
    'DPkg::Options:: "--force-unsafe-io";',
  ]
  await writeFile(join(folder, 'etc/apt/apt.conf.d/90proof'), `${settings.join('\n')}\n`)
  for (const keys of keyFolders.filter((keys) => existsSync(join('/', keys)))) {
    await mkdir(join(folder, keys), { recursive: true })
    await cp(join('/', keys), join(folder, keys), { recursive: true })
  }
  // invoke-rc.d(8): 101 is « action forbidden by policy ».
  await writeFile(join(folder, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
}

/** What leads to a proxy, for programs that use the network. */
export function networkEnvironment(): Record<string, string> {
  return Object.fromEntries(proxies.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}
