import { CircleCheck, OctagonAlert, Stethoscope, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Readiness as State } from '../../electron/ipc/diagnostic-views.ts'
import { Button } from '../ui/Button.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { readinessTexts as words } from '../ui/texts/readiness.ts'
import { texts } from '../ui/texts.ts'

const shapes = { watch: TriangleAlert, mend: OctagonAlert } as const

type ReadinessProps = { readiness: State | null; onOpen: () => void }

/** Whether this workstation is ready: the one thing to do, above the footer so that no tile moves. */
export function ToDo({ readiness, onOpen }: ReadinessProps) {
  const announced = useToldOnce(readiness)
  return (
    <div className="to-do">
      <LiveRegion kind="status" className="unseen">
        {announced}
      </LiveRegion>
      {readiness?.kind === 'to-do' && <Task task={readiness} onOpen={onOpen} />}
    </div>
  )
}

type Task = Extract<State, { kind: 'to-do' }>

function Task({ task, onOpen }: { task: Task; onOpen: () => void }) {
  const Shape = shapes[task.verdict]
  const others = words.others(task.others)
  return (
    <section className={`task ${task.verdict}`} aria-label={words.label}>
      <Shape size={20} />
      <div className="task-said">
        <p className="what">{task.text}</p>
        <p>
          {task.remedy !== null && words.toDo(task.remedy)}{' '}
          {others !== null && <span className="quiet-text">{others}</span>}
        </p>
      </div>
      <Button onClick={onOpen}>
        <Stethoscope size={18} />
        {texts.builtIn.diagnostic}
      </Button>
    </section>
  )
}

/** « Tout est prêt », among what is always the same. */
export function Ready({ readiness }: Pick<ReadinessProps, 'readiness'>) {
  if (readiness?.kind !== 'ready') return null
  return (
    <span className="ready">
      <CircleCheck size={16} />
      {words.ready}
    </span>
  )
}

/** The live region is in the page before it speaks (ms). */
const settlingTime = 700
/** What was announced, and on which day: the launcher's page lives longer than this part of it. */
const told = new Set<string>()

/** What a screen reader is to be told: each thing once a day, however often it comes back. */
function useToldOnce(readiness: State | null): string {
  const [announced, setAnnounced] = useState('')
  const text = wordsOf(readiness)
  useEffect(() => {
    const once = `${new Date().toDateString()} ${text}`
    if (text === '' || told.has(once)) return undefined
    const timer = window.setTimeout(() => {
      told.add(once)
      setAnnounced(text)
    }, settlingTime)
    return () => window.clearTimeout(timer)
  }, [text])
  return announced
}

function wordsOf(readiness: State | null): string {
  if (readiness === null || readiness.kind === 'looking') return ''
  if (readiness.kind === 'ready') return words.ready
  const { text, remedy } = readiness
  return remedy === null ? text : `${text} ${words.toDo(remedy)}`
}
