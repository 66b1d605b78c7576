import { Button } from '../ui/Button.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { texts } from '../ui/texts.ts'

type ExportModalProps = {
  count: number
  onExport: (format: 'csv' | 'jsonl') => void
  onClose: () => void
}

/** In which of the two formats. */
export function ExportModal({ count, onExport, onClose }: ExportModalProps) {
  const words = texts.journal
  return (
    <ModalDialog
      title={words.export}
      onEscape={onClose}
      actions={
        <>
          <Button onClick={() => onExport('csv')}>{words.exportCsv}</Button>
          <Button onClick={() => onExport('jsonl')}>{words.exportJsonl}</Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </>
      }
    >
      <p>{words.exportIntro(count)}</p>
      <p className="quiet-text">{words.exportFormats}</p>
    </ModalDialog>
  )
}
