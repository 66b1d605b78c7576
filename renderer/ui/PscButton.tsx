import type { Ref } from 'react'
import { isPscShortcut } from './shortcut.ts'
import { texts } from './texts.ts'
import { useKeydown } from './useKeydown.ts'
import './psc.css'

type PscButtonProps = {
  ref?: Ref<HTMLButtonElement> | undefined
  /** An answer is awaited: still focusable, as `Button`. */
  busy: boolean
  onPress: () => void
}

/** The button of Pro Santé Connect, as ANS draws it; Alt+P presses it from anywhere in the window. */
export function PscButton({ ref, busy, onPress }: PscButtonProps) {
  const press = (): void => {
    if (!busy) onPress()
  }
  useKeydown((event) => {
    if (!isPscShortcut(event)) return
    event.preventDefault()
    press()
  })
  return (
    <button
      ref={ref}
      type="button"
      className="psc-button"
      aria-label={texts.psc.buttonName}
      aria-keyshortcuts="Alt+P"
      aria-disabled={busy || undefined}
      onClick={press}
    >
      <Padlock />
      <span className="psc-lines">
        <span className="psc-name">
          {texts.psc.button.split(' ').map((word) => (
            <span key={word}>{word} </span>
          ))}
        </span>
        <span className="psc-ministry">{texts.psc.ministry}</span>
      </span>
    </button>
  )
}

/** A padlock in a hexagon, with the red dot of the mark. */
function Padlock() {
  return (
    <svg className="psc-mark" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true">
      <path className="psc-hexagon" d="M22 3.5 38 12.75v18.5L22 40.5 6 31.25v-18.5z" />
      <path className="psc-shackle" d="M17.5 21v-3.75a4.5 4.5 0 0 1 9 0V21" />
      <rect className="psc-body" x="14.5" y="20.5" width="15" height="11.5" rx="1.5" />
      <circle className="psc-dot" cx="22" cy="26.25" r="2.1" />
    </svg>
  )
}
