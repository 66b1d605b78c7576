import type { HelpPage, IdentificationStep } from '../../electron/ipc/views.ts'

/** The page of the help that fits a step. */
export function helpPageOf(step: IdentificationStep): HelpPage {
  switch (step.kind) {
    case 'ask':
      return step.password ? 'identify' : 'psc-card'
    case 'browser':
    case 'checking':
    case 'leaving':
      return 'psc-card'
    case 'phone':
      return step.channel === 'MOBILE' ? 'psc-e-cps' : 'psc-card'
    case 'association':
    case 'association-confirm':
      return 'link-rpps'
    case 'wrong-person':
    case 'new-password':
    case 'provisional-password':
    case 'newcomer':
    case 'newcomer-authorise':
      return 'identify'
    default:
      return step satisfies never
  }
}
