import { X } from 'lucide-react'
import { type Ref, useId, useState } from 'react'
import type { Bridge } from '../../electron/ipc/contract.ts'
import type { JournalRowView } from '../../electron/ipc/journal-views.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { factsOf } from '../ui/texts/journal-facts.ts'
import { sentenceOf } from '../ui/texts/journal-sentences.ts'
import { useCall } from '../ui/useCall.ts'

type DetailProps = {
  row: JournalRowView | null
  heading: Ref<HTMLHeadingElement>
  bridge: Pick<Bridge<'journal'>, 'copyReference'>
  onClose: () => void
}

/** One row in plain French, with all that it holds. Escape closes it. */
export function Detail({ row, heading, bridge, onClose }: DetailProps) {
  const words = texts.journal.detail
  const named = useId()
  return (
    <section className="detail" aria-labelledby={named}>
      <div className="detail-head">
        <h2 id={named} ref={heading} tabIndex={-1}>
          {row === null ? words.noneYet : words.title(row.seq)}
        </h2>
        <button type="button" className="eye" aria-label={words.close} title={words.close} onClick={onClose}>
          <X size={20} />
        </button>
      </div>
      {row !== null && <Told key={row.seq} row={row} bridge={bridge} />}
    </section>
  )
}

function Told({ row, bridge }: { row: JournalRowView; bridge: DetailProps['bridge'] }) {
  const words = texts.journal.detail
  const calls = useCall('single')
  const [copied, setCopied] = useState(false)
  const { reference } = row
  const copy = async (told: string): Promise<void> => {
    setCopied(false)
    setCopied((await calls.run(() => bridge.copyReference({ reference: told }))) === null)
  }
  return (
    <>
      <p className="told">{sentenceOf(row)}</p>
      <dl className="facts-list">
        {factsOf(row).map(({ name, value, exact }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{exact === true ? <code>{value}</code> : value}</dd>
          </div>
        ))}
        <div className="hash">
          <dt>{words.hash}</dt>
          <dd>
            <code>{row.hash}</code>
          </dd>
        </div>
      </dl>
      {reference !== null && (
        <div className="detail-actions">
          <Button onClick={() => void copy(reference)}>{words.copy}</Button>
          <LiveRegion kind="status" className="quiet-text">
            {copied && words.copied}
          </LiveRegion>
        </div>
      )}
      <Failure error={calls.failure} />
    </>
  )
}
