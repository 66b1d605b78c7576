import type { BrowserWindow } from 'electron'

/** A page that does not answer is shown all the same after this long: whatever it shows, one can close it. */
const patienceMs = 1000

/** A window that waits to be shown until its page has drawn what it is shown for. */
export type Revealing = {
  /** How many views were pushed to the page. */
  readonly number: () => number
  readonly pushed: () => void
  readonly drawn: (number: number) => void
  readonly reveal: (manner: 'focused' | 'unfocused') => void
  readonly hide: () => void
}

export function createRevealing(window: BrowserWindow): Revealing {
  let number = 0
  let drawn = -1
  let waiting: { readonly manner: 'focused' | 'unfocused'; readonly timer: NodeJS.Timeout } | null = null

  const settle = (): typeof waiting => {
    const settled = waiting
    clearTimeout(waiting?.timer)
    waiting = null
    return settled
  }

  const show = (): void => {
    const settled = settle()
    if (settled === null || window.isDestroyed()) return
    if (settled.manner === 'unfocused') return window.showInactive()
    window.show()
    window.focus()
  }

  window.once('closed', settle)

  return {
    number: () => number,
    pushed: () => {
      number += 1
    },
    drawn: (drawnNumber) => {
      drawn = drawnNumber
      if (drawn >= number) show()
    },
    reveal: (manner) => {
      settle()
      waiting = { manner, timer: setTimeout(show, patienceMs) }
      if (drawn >= number) show()
    },
    hide: () => {
      settle()
      window.hide()
    },
  }
}
