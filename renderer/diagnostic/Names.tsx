import { useId } from 'react'
import { Notice } from '../ui/Notice.tsx'
import { diagnosticWindowTexts as words } from '../ui/texts/diagnostic-window.ts'

type NamesProps = { named: boolean; onChange: (named: boolean) => void }

/** « Afficher les noms et les RPPS »: checked only once main has agreed. */
export function Names({ named, onChange }: NamesProps) {
  const id = useId()
  return (
    <div className="diagnostic-names">
      <label htmlFor={id}>
        <input id={id} type="checkbox" checked={named} onChange={() => onChange(!named)} />
        {words.named}
      </label>
      {named && <Notice tone="watch">{words.namedWarning}</Notice>}
    </div>
  )
}
