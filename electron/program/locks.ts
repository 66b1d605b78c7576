import type { EventEmitter } from 'node:events'
import type { OperatorSession } from '../session/operator-session.ts'
import type { LockReason } from '../session/session.ts'

/** What Electron's `powerMonitor` tells of the system. On Linux it tells sleep only. */
type PowerEvent =
  'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'user-did-resign-active' | 'user-did-become-active'

type Parts = {
  monitor: Pick<EventEmitter, 'on'>
  session: Pick<OperatorSession, 'check'>
  /** Locks, and gives up whatever is under way to let somebody in. */
  lock: (reason: LockReason) => void
  /** The system sleeps: nothing is asked of the network. */
  sleeps: () => void
  /** The system is back from sleep; sessions whose end has come are over by now. */
  wakes: () => void
  /** The system is back from sleep or from its own lock. */
  back: () => void
}

/** An identification whose row was being written as the system locked is over by then. */
const inFlightMs = 1000

/**
 * Locks with the system, whatever is under way: its own lock, sleep, another account coming in front (fast user
 * switching). Nothing keeps it from locking.
 *
 * An identification under way is given up: its browser or its telephone may answer minutes later, and would connect
 * somebody behind a screen that nobody sees; whoever unlocks the system, often the account of everybody, would find that
 * person connected. They identify again, which takes seconds.
 */
export function createLocks({ monitor, session, lock, sleeps, wakes, back }: Parts): void {
  const on = (event: PowerEvent, listener: () => void): unknown => monitor.on(event, listener)
  let again: { readonly timer: NodeJS.Timeout; readonly reason: LockReason } | null = null

  /** Whoever was let in while their row was being written is locked out too. */
  const lockAgain = (): void => {
    if (again === null) return
    clearTimeout(again.timer)
    const { reason } = again
    again = null
    lock(reason)
  }

  const lockWith = (reason: LockReason): void => {
    lock(reason)
    lockAgain()
    again = { timer: setTimeout(lockAgain, inFlightMs), reason }
  }

  const comesBack = (): void => {
    lockAgain()
    session.check()
    back()
  }

  on('lock-screen', () => lockWith('system-lock'))
  on('user-did-resign-active', () => lockWith('system-lock'))
  on('unlock-screen', comesBack)
  on('user-did-become-active', comesBack)
  on('suspend', () => {
    lockWith('sleep')
    sleeps()
  })
  on('resume', () => {
    session.check()
    // Some systems tell of their sleep only once it is over.
    lock('sleep')
    comesBack()
    wakes()
  })
}
