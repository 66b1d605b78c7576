import type { IdentificationStep } from '../../electron/ipc/views.ts'

/** The step of one kind. */
export type StepOf<K extends IdentificationStep['kind']> = Extract<IdentificationStep, { kind: K }>

/** What every page of the window is given. */
export type StepProps<K extends IdentificationStep['kind']> = {
  attempt: number
  step: StepOf<K>
  onCancel: () => void
}
