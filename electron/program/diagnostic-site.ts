import { readFile, stat, statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import { homedir, hostname, release, tmpdir, version as systemVersion } from 'node:os'
import { dirname } from 'node:path'
import type { Clock } from '../clock.ts'
import { discoveryTimeoutMs } from '../diagnostic/psc-sight.ts'
import type {
  BackupSight,
  DatabaseSight,
  DiagnosticSite,
  DiskSight,
  JournalSight,
  KeychainSight,
  PscSight,
  SettingsFile,
  Versions,
} from '../diagnostic/site.ts'
import type { KeptHead } from '../journal/verdict.ts'
import type { Tail } from '../journal/tail.ts'
import { lookAtPort } from '../psc/look-at-port.ts'
import type { Edition } from '../settings/edition.ts'
import { backupsFolder, type Paths } from '../settings/paths.ts'
import { findSettingsLater, judgeSettings } from '../settings/read.ts'
import type { Settings } from '../settings/schema.ts'
import type { DatabaseLook } from '../storage/look.ts'
import { databaseFile } from '../storage/open.ts'
import { dayHere } from '../storage/rotation.ts'
import { toStorageError } from '../storage/storage-error.ts'
import { defaultBrowser } from '../../native/browser/default-browser.ts'
import { readerIsPlugged } from '../../native/card/plugged-reader.ts'
import { remoteSessionOf } from '../../native/card/remote.ts'
import { KeychainError, openKeychain, type Keychain } from '../../native/keychain/secrets.ts'
import type { BackupLook } from './backups.ts'
import { askForNewer } from './updates.ts'

/** What the storage is asked, off the main thread; each rejects with `StorageError`. */
export type StorageLooks = {
  readonly database: (file: string) => Promise<DatabaseLook>
  readonly backup: (folder: string) => Promise<BackupLook | null>
  readonly journal: (asked: { count: number; head: KeptHead; signal: AbortSignal }) => Promise<Tail | null>
}

type Parts = Pick<DiagnosticSite, 'card' | 'operatorOf' | 'screens'> & {
  readonly clock: Clock
  readonly paths: Paths
  readonly edition: Edition
  /** Those that hold now. */
  readonly settings: Settings
  readonly version: string
  /** `process.versions` of the main thread: another one's says nothing of Electron. */
  readonly versions?: Readonly<Record<string, string | undefined>>
  readonly looks: StorageLooks
  /** What the keychain keeps of the journal's head. Never rejects. */
  readonly readHead: () => Promise<KeptHead>
  readonly keychain?: Keychain
}

/** A keychain that hangs keeps nothing else from being looked at. In milliseconds. */
const keychainMs = 3000
/** A proxy of the pharmacy's own network answers at once. In milliseconds. */
const reachMs = 3000
const dayMs = 24 * 3_600_000

/** This workstation, for one diagnosis: what several checks look at is looked at once. */
export function createDiagnosticSite(parts: Parts): DiagnosticSite {
  const { clock, paths, settings, looks, keychain = openKeychain() } = parts
  const { platform, env } = process
  const database = databaseFile(settings.storage.url, paths.data)
  const backups = backupsFolder(paths.data, settings.storage.backupFolder, hostname())
  const found = once(() => lookAtDatabase(looks, database))
  return {
    clock,
    workstation: settings.workstation.name ?? hostname(),
    machine: { platform, env, home: homedir(), remote: remoteSessionOf({ platform, env }) },
    settings,
    settingsFile: once(() => lookAtSettings(parts)),
    card: once(parts.card),
    readerIsPlugged: () => readerIsPlugged({ platform, env }),
    operatorOf: parts.operatorOf,
    psc: once(() => lookAtPsc(parts, keychain)),
    port: lookAtPort,
    browser: () => defaultBrowser({ platform, env }),
    reaches,
    keychain: () => lookAtKeychain(keychain),
    database: found,
    backup: () => lookAtBackup(looks, backups, clock),
    journal: async (count, signal) => {
      const opened = await found()
      if (opened.kind !== 'open') return opened
      return opened.older ? { kind: 'waiting' } : lookAtJournal(parts, count, signal)
    },
    disks: () => lookAtDisks({ data: paths.data, backups, temp: tmpdir() }),
    screens: parts.screens,
    versions: versionsOf(parts),
    newer: once(() => askForNewer(parts)),
  }
}

/** What the first call finds, for every call. */
function once<T>(look: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | null = null
  return () => (found ??= look())
}

async function lookAtSettings({ paths: { settings: path }, edition }: Parts): Promise<SettingsFile> {
  const found = await findSettingsLater(path)
  if (found.kind === 'absent') return { path, state: { kind: 'missing' } }
  const read = judgeSettings(found, { edition })
  if (read.kind === 'read') return { path, state: { kind: 'read' } }
  return { path, state: { kind: 'faulty', where: read.faults.map(({ where }) => where) } }
}

async function lookAtPsc(
  { settings: { psc, network }, clock }: Parts,
  keychain: Keychain,
): Promise<PscSight> {
  if (psc === undefined) return { kind: 'off' }
  // Loaded where there is a provider to ask.
  const { lookAtProvider } = await import('../psc/look.ts')
  const found = await lookAtProvider({
    settings: psc,
    proxy: network.proxy,
    secret: (name) => inTime(keychain.read(name), keychainMs, new KeychainError('locked')),
    file: readFile,
    clock,
    timeoutMs: discoveryTimeoutMs - keychainMs,
  })
  return { kind: 'on', host: new URL(psc.discoveryUrl).host, ...found }
}

async function lookAtKeychain(keychain: Keychain): Promise<KeychainSight> {
  try {
    const names = await inTime(keychain.names(), keychainMs, new KeychainError('locked'))
    return { kind: 'open', names }
  } catch (error) {
    return { kind: 'closed', fault: error instanceof KeychainError ? error.reason : 'failed' }
  }
}

async function lookAtDatabase({ database: look }: StorageLooks, file: string): Promise<DatabaseSight> {
  return look(file).catch((error: unknown) => ({ kind: 'fault', fault: toStorageError(error).kind }))
}

async function lookAtBackup(looks: StorageLooks, folder: string, clock: Clock): Promise<BackupSight> {
  try {
    const newest = await looks.backup(folder)
    if (newest === null) return { kind: 'none' }
    const { day, sound } = newest
    // A day that has not come yet was named when the clock was ahead.
    const ageDays = Math.max(0, Math.round((Date.parse(dayHere(clock.now())) - Date.parse(day)) / dayMs))
    return { kind: 'found', day, ageDays, sound }
  } catch (error) {
    if (toStorageError(error).kind !== 'missing-folder') return { kind: 'no-folder', why: 'unreadable' }
    // The first backup makes it, where its parent is there.
    const parent = await stat(dirname(folder)).catch(() => null)
    return parent === null ? { kind: 'no-folder', why: 'missing' } : { kind: 'none' }
  }
}

async function lookAtJournal(
  { looks, readHead }: Parts,
  count: number,
  signal: AbortSignal,
): Promise<JournalSight> {
  try {
    const silent: KeptHead = { kind: 'no-keychain' }
    const head = await inTime(readHead(), keychainMs, new KeychainError('locked')).catch(() => silent)
    const tail = await looks.journal({ count, head, signal })
    return tail === null ? { kind: 'fault', fault: 'unavailable' } : { kind: 'verified', ...tail }
  } catch (error) {
    return { kind: 'fault', fault: toStorageError(error).kind }
  }
}

/** A folder that is yet to be made is on the disk of the one that it will be in. */
async function lookAtDisks(folders: Readonly<Record<DiskSight['of'], string>>): Promise<DiskSight[]> {
  const [data, ownBackups, temp] = await Promise.all([
    free(folders.data),
    free(folders.backups),
    free(folders.temp),
  ])
  const backups = ownBackups ?? (await free(dirname(folders.backups)))
  const elsewhere = await areApart(folders.data, folders.backups)
  return [
    { of: 'data', freeBytes: data },
    ...(elsewhere ? [{ of: 'backups', freeBytes: backups } as const] : []),
    { of: 'temp', freeBytes: temp },
  ]
}

/** In bytes; null where the folder cannot be reached. */
async function free(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

/** Whether two folders are on two disks, as far as it can be known: one disk is told of once. */
async function areApart(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)))
  return first?.dev !== second?.dev && second !== null && second !== undefined
}

function reaches({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: reachMs })
    const end = (reached: boolean): void => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function versionsOf({ version, edition, versions = process.versions }: Parts): Versions {
  const { electron = '—', chrome = '—', node = '—' } = versions
  return {
    comptoir: version,
    electron,
    chromium: chrome,
    node,
    system:
      process.platform === 'win32' ? `${systemVersion()} (${release()})` : `${systemName()} ${release()}`,
    testPackage: edition === 'test-package',
  }
}

function systemName(): string {
  return process.platform === 'darwin' ? 'macOS (Darwin)' : 'Linux'
}

/** Rejects with `late` once that time is over. */
function inTime<T>(work: Promise<T>, ms: number, late: Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late), ms)
    void work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
