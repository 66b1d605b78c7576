import type { Operator } from '../operators/operator.ts'
import type { Module } from './module.ts'

/** A module that has been opened and not left: who opened it stays bound to it until its end. */
export type OpenModule = {
  readonly module: Module
  /** The operator connected when it was opened; null when nobody was. */
  readonly operator: Operator | null
  /** Brings its window to the front; false when it cannot be found. */
  readonly bringForward: () => Promise<boolean>
  readonly close: () => void
}

export type OpenModules = {
  readonly all: () => readonly OpenModule[]
  readonly byId: (moduleId: string) => OpenModule | null
  /** Modules opened by this operator. */
  readonly of: (operator: Operator) => readonly OpenModule[]
  readonly add: (open: OpenModule) => void
  readonly remove: (open: OpenModule) => void
}

/** The modules open on this workstation. `changed` is called after each change. */
export function createOpenModules(changed: () => void): OpenModules {
  let all: readonly OpenModule[] = []
  return {
    all: () => all,
    byId: (moduleId) => all.find(({ module }) => module.id === moduleId) ?? null,
    of: (operator) => all.filter((open) => open.operator?.id === operator.id),
    add: (open) => {
      all = [...all, open]
      changed()
    },
    remove: (open) => {
      all = all.filter((other) => other !== open)
      changed()
    },
  }
}
