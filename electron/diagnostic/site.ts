import type { DefaultBrowser } from '../../native/browser/default-browser.ts'
import type { KeychainFault, SecretName } from '../../native/keychain/secrets.ts'
import type { RemoteSession } from '../../native/card/protocol.ts'
import type { CardSnapshot } from '../../native/card/states.ts'
import type { Clock } from '../clock.ts'
import type { Tail } from '../journal/tail.ts'
import type { DiscoveryLook, ProviderLook } from '../psc/look.ts'
import type { PortLook } from '../psc/look-at-port.ts'
import type { Settings } from '../settings/schema.ts'
import type { DatabaseLook } from '../storage/look.ts'
import type { StorageFault } from '../storage/storage-error.ts'
import type { NewerSight } from '../updates/newer-version.ts'

/**
 * The workstation as the checks look at it: given by the program for its window, and by `--diagnostic` for itself. One
 * site is for one diagnosis: what several checks look at (`card`, `psc`, `database`) is looked at once. No look
 * rejects for what is wrong with the workstation: that is what it finds.
 */
export type DiagnosticSite = {
  readonly clock: Clock
  /** The name of this workstation, for the head of the report. */
  readonly workstation: string
  readonly machine: Machine
  /** Those that hold: the defaults where comptoir.json is faulty. */
  readonly settings: Settings
  readonly settingsFile: () => Promise<SettingsFile>
  readonly card: () => Promise<CardSight>
  /** Whether the system sees a smart-card reader, PC/SC or not. */
  readonly readerIsPlugged: () => Promise<boolean>
  /** Who of the team has this RPPS (11 digits). Rejects with `StorageError`. */
  readonly operatorOf: (rpps: string) => Promise<KnownOperator | null>
  readonly psc: () => Promise<PscSight>
  readonly port: (port: number) => Promise<PortLook>
  readonly browser: () => Promise<DefaultBrowser>
  /** Whether something listens at an address, a proxy's. */
  readonly reaches: (address: { host: string; port: number }) => Promise<boolean>
  readonly keychain: () => Promise<KeychainSight>
  readonly database: () => Promise<DatabaseSight>
  readonly backup: () => Promise<BackupSight>
  /** Verifies the last rows, as many as `rows`; given up when `signal` aborts. */
  readonly journal: (rows: number, signal: AbortSignal) => Promise<JournalSight>
  readonly disks: () => Promise<readonly DiskSight[]>
  /** Null where there is no screen to look at. */
  readonly screens: (() => readonly ScreenSight[]) | null
  readonly versions: Versions
  /** What the server of `updates.url` says. */
  readonly newer: () => Promise<NewerSight>
}

export type Machine = {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder of this account: never told. */
  readonly home: string
  readonly remote: RemoteSession | null
}

export type SettingsFile = {
  readonly path: string
  readonly state:
    | { readonly kind: 'missing' }
    | { readonly kind: 'read' }
    /** `where`: the keys of the faults, null where the file itself is at fault; never the values found. */
    | { readonly kind: 'faulty'; readonly where: readonly (string | null)[] }
}

export type CardSight =
  /** `card.enabled: false`. */
  | { readonly kind: 'off' }
  | { readonly kind: 'seen'; readonly snapshot: CardSnapshot }
  /** What reads the card ended by itself, or did not answer. */
  | { readonly kind: 'failed'; readonly why: 'ended' | 'hung' }

export type KnownOperator = { readonly code: string; readonly firstName: string; readonly lastName: string }

/** What keeps the service from being asked, and what its discovery answered (psc/look.ts). */
export type PscSight =
  { readonly kind: 'off' } | ({ readonly kind: 'on'; readonly host: string } & ProviderLook)

export type DiscoverySight = DiscoveryLook

export type KeychainSight =
  | { readonly kind: 'open'; readonly names: readonly SecretName[] }
  | { readonly kind: 'closed'; readonly fault: KeychainFault }

export type DatabaseSight = DatabaseLook | { readonly kind: 'fault'; readonly fault: StorageFault }

export type BackupSight =
  /** `why`: the folder does not answer, is not there, or may not be read. */
  | { readonly kind: 'no-folder'; readonly why: 'missing' | 'unreadable' }
  | { readonly kind: 'none' }
  /** The newest one. */
  | { readonly kind: 'found'; readonly day: string; readonly ageDays: number; readonly sound: boolean }

export type JournalSight =
  /** `waiting`: the database is of an older version, which the next start brings up to date. */
  | { readonly kind: 'none' | 'waiting' }
  | { readonly kind: 'fault'; readonly fault: StorageFault }
  | ({ readonly kind: 'verified' } & Tail)

export type DiskSight = {
  readonly of: 'data' | 'backups' | 'temp'
  /** Null where the folder cannot be reached. */
  readonly freeBytes: number | null
}

export type ScreenSight = {
  /** In physical pixels. */
  readonly width: number
  readonly height: number
  /** 1.5: 150 %. */
  readonly scale: number
  /** `workstation.patientDisplay`. */
  readonly patient: boolean
}

export type Versions = {
  readonly comptoir: string
  readonly electron: string
  readonly chromium: string
  readonly node: string
  /** « Windows 11 (10.0.22631) ». */
  readonly system: string
  /** This Comptoir is a test package. */
  readonly testPackage: boolean
}
