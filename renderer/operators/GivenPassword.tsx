import { KeyRound } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { texts } from '../ui/texts.ts'
import type { Given } from './asking.ts'

/** A provisional password, large, to be written down. Deaf to Escape: it is shown this once. */
export function GivenPassword({ given, onNoted }: { given: Given; onNoted: () => void }) {
  const words = texts.operators.given
  return (
    <ModalDialog
      title={words.title}
      onEscape={null}
      actions={
        <Button look="primary" onClick={onNoted}>
          {words.noted}
        </Button>
      }
    >
      <p>{given.told}</p>
      <output className="given-password" aria-label={words.title}>
        {given.password}
      </output>
      <p>{words.once}</p>
      <p className="given-next">
        <KeyRound size={18} />
        {words.atNextLogin}
      </p>
    </ModalDialog>
  )
}
