import { Button } from '../ui/Button.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { texts } from '../ui/texts.ts'

type LeaveQuestionProps = { onKeep: () => void; onLeave: () => void }

/** « Abandonner la saisie ? »: what was typed is not lost by an Escape or a click in the list. */
export function LeaveQuestion({ onKeep, onLeave }: LeaveQuestionProps) {
  const words = texts.operators.leave
  return (
    <ModalDialog
      title={words.title}
      onEscape={onKeep}
      actions={
        <>
          <Button look="primary" data-autofocus onClick={onKeep}>
            {words.keep}
          </Button>
          <Button onClick={onLeave}>{words.leave}</Button>
        </>
      }
    >
      <p>{words.text}</p>
    </ModalDialog>
  )
}
