import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import type { TaskOptions } from './storage-tasks.ts'

/** What is under way for the page of a desk, one at a time, which it may give up. */
export type DeskTask<Kind extends string> = {
  readonly view: () => { kind: Kind; done: number; total: number } | null
  /** Runs `work`; rejects with a `Refusal` while another is under way. */
  readonly run: <T>(kind: Kind, work: (options: Required<TaskOptions>) => Promise<T>) => Promise<T>
  readonly cancel: () => void
}

/** `changed`: what `view` returns is another. */
export function createDeskTask<Kind extends string>(changed: () => void): DeskTask<Kind> {
  let current: { kind: Kind; done: number; total: number; ending: AbortController } | null = null
  return {
    view: () => (current === null ? null : { kind: current.kind, done: current.done, total: current.total }),
    run: async (kind, work) => {
      if (current !== null) throw new Refusal('refused', newReference(), { detail: 'busy' })
      const ending = new AbortController()
      const task = { kind, done: 0, total: 0, ending }
      current = task
      changed()
      try {
        return await work({
          signal: ending.signal,
          onProgress: ({ done, total }) => {
            Object.assign(task, { done, total })
            changed()
          },
        })
      } finally {
        current = null
        changed()
      }
    },
    cancel: () => current?.ending.abort(),
  }
}
