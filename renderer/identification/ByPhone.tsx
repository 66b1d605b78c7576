import { IdCard, Smartphone } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { CibaChannel } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import type { Calls } from '../ui/useCall.ts'

type ByPhoneProps = {
  attempt: number
  calls: Calls
  channel: CibaChannel
  /** Where one types whom it asks: a field of the page, `own` for one here, null where one person is awaited. */
  who: RefObject<HTMLInputElement | null> | 'own' | null
  /** The request is on its way. */
  sending: () => void
}

const icons = { MOBILE: Smartphone, CARD: IdCard } as const

/** « Valider sur mon téléphone (e-CPS) »: Pro Santé Connect without a browser, of whose code or RPPS is typed. */
export function ByPhone({ attempt, calls, channel, who, sending }: ByPhoneProps) {
  const words = texts.psc.phone
  const Icon = icons[channel]
  const own = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState(false)
  const field = who === 'own' ? own : who

  useEffect(() => {
    if (!missing) return undefined
    const typed = new AbortController()
    field?.current?.addEventListener('input', () => setMissing(false), { signal: typed.signal })
    return () => typed.abort()
  }, [missing, field])

  const start = (): void => {
    const typed = field?.current?.value.trim() ?? ''
    const isMissing = field !== null && typed === ''
    setMissing(isMissing)
    if (isMissing) {
      calls.clear()
      field.current?.focus()
    } else if (attempt !== 0) {
      sending()
      void calls.run(() => bridgeOf('identification').startPhone({ attempt, typed }))
    }
  }
  const enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.repeat) start()
  }

  return (
    <div className={who === 'own' ? 'by-phone asks' : 'by-phone'}>
      {who === 'own' && (
        <Field
          ref={own}
          label={words.who}
          characters={12}
          maxLength={64}
          aria-invalid={missing || undefined}
          onKeyDown={enter}
        />
      )}
      <Button busy={calls.busy} onClick={start}>
        <Icon size={20} />
        {words.start[channel]}
      </Button>
      <LiveRegion kind="alert">{missing && <Notice tone="watch">{words.missing}</Notice>}</LiveRegion>
    </div>
  )
}
