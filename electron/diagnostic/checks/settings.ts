import { settingsFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import { assertNever } from '../../assert-never.ts'
import type { Check } from '../check.ts'
import { told } from '../told-path.ts'

/** comptoir.json: whether it is read, and where it is at fault. */
export const settings: Check = {
  id: 'settings',
  timeoutMs: 3000,
  look: async ({ settingsFile, machine }) => {
    const { path, state } = await settingsFile()
    const file = told(path, machine)
    switch (state.kind) {
      case 'missing':
        return t.missing(file)
      case 'read':
        return t.read(file)
      case 'faulty':
        return t.faulty(file, state.where)
      default:
        return assertNever(state)
    }
  },
}
