import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { codeFor } from './code-from-card.ts'

type Fields = {
  code: RefObject<HTMLInputElement | null>
  password: RefObject<HTMLInputElement | null>
}

/**
 * Puts the code of the card in the reader where nothing was typed, and the focus in the password when it waited for the
 * code. `given`: the code is the card's; `onCodeTyped` is to hear what is typed in the code.
 */
export function useCodeFromCard(
  card: string | null,
  { code, password }: Fields,
): { given: boolean; onCodeTyped: () => void } {
  const [given, setGiven] = useState(false)
  const memory = useRef({ given: '', touched: false })

  useLayoutEffect(() => {
    const codeField = code.current
    const passwordField = password.current
    if (codeField === null || passwordField === null) return
    const { given: before, touched } = memory.current
    const form = { code: codeField.value, given: before, touched: touched || passwordField.value !== '' }
    const next = codeFor(card, form)
    if (next === null) return
    // The focus of whoever is elsewhere stays there.
    const [from, to] = next === '' ? [passwordField, codeField] : [codeField, passwordField]
    const waiting = document.activeElement === from || document.activeElement === document.body
    put(codeField, next)
    memory.current.given = next
    setGiven(next !== '')
    if (waiting) to.focus()
  }, [card, code, password])

  const onCodeTyped = useCallback(() => {
    memory.current.touched = true
    setGiven(false)
  }, [])

  return { given, onCodeTyped }
}

function put(field: HTMLInputElement, value: string): void {
  field.value = value
}
