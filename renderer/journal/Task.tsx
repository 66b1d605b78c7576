import type { ViewOf } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'

type TaskProps = { task: NonNullable<ViewOf<'journal'>['task']>; onCancel: () => void }

/** How far the verification or the export is. */
export function Task({ task, onCancel }: TaskProps) {
  const words = texts.journal
  const { kind, done, total } = task
  return (
    <div className="task">
      <div>
        <p className="task-what">{words.tasks[kind]}</p>
        <progress aria-label={words.tasks[kind]} max={Math.max(1, total)} value={done} />
        <p className="quiet-text numbers">{total > 0 && words.progress(done, total)}</p>
      </div>
      <Button onClick={onCancel}>{words.cancel}</Button>
    </div>
  )
}
