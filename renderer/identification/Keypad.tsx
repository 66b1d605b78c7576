import { Delete } from 'lucide-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { keypadTexts } from '../ui/texts/identification-recent.ts'

type KeypadProps = {
  /** The field that it types in. */
  code: RefObject<HTMLInputElement | null>
  /** Somebody typed in it. */
  onTyped: () => void
  onOk: () => void
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')

/** The code typed with a finger. The focus, and so the caret, stays in the field. */
export function Keypad({ code, onTyped, onOk }: KeypadProps) {
  const [page, setPage] = useState<'digits' | 'letters'>('digits')
  /** For who does not see the field. */
  const [said, setSaid] = useState('')

  const put = (text: string): void => {
    const field = code.current
    if (field === null) return
    const { value, selectionStart, selectionEnd } = field
    const end = selectionEnd ?? value.length
    const start = selectionStart ?? value.length
    const from = text === '' && start === end ? Math.max(0, start - 1) : start
    field.setRangeText(text, from, end, 'end')
    field.focus()
    setSaid(text === '' ? keypadTexts.erased : text)
    onTyped()
  }
  const key = (text: string): ReactNode => (
    <Key key={text} onPress={() => put(text)}>
      {text}
    </Key>
  )
  const erase = (
    <Key name={keypadTexts.erase} onPress={() => put('')}>
      <Delete size={24} />
    </Key>
  )
  const ok = (
    <Key name={keypadTexts.okName} look="primary" onPress={onOk}>
      {keypadTexts.ok}
    </Key>
  )

  return (
    <fieldset className={`keypad ${page}`} aria-label={keypadTexts.title}>
      {page === 'digits' ? (
        <>
          {digits.map(key)}
          {erase}
          {key('0')}
          {ok}
          <Key name={keypadTexts.lettersName} look="wide" onPress={() => setPage('letters')}>
            {keypadTexts.letters}
          </Key>
        </>
      ) : (
        <>
          {letters.map(key)}
          {erase}
          <Key name={keypadTexts.digitsName} look="wide" onPress={() => setPage('digits')}>
            {keypadTexts.digits}
          </Key>
          {ok}
        </>
      )}
      <LiveRegion kind="status" className="unseen">
        {said}
      </LiveRegion>
    </fieldset>
  )
}

type KeyProps = {
  /** Where what is drawn on it says too little. */
  name?: string
  look?: 'plain' | 'primary' | 'wide'
  onPress: () => void
  children: ReactNode
}

/** Outside the order of Tab: whoever has a Tab key has the others. */
function Key({ name, look = 'plain', onPress, children }: KeyProps) {
  return (
    <button
      type="button"
      className={`button key ${look}`}
      tabIndex={-1}
      aria-label={name}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {children}
    </button>
  )
}
