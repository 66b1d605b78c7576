import { displayFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'

/** What the windows need, in the pixels that they are drawn with. */
const neededWidth = 1000
const neededHeight = 600

/** The screens and their scale, and the one that is turned to patients. */
export const display: Check = {
  id: 'display',
  timeoutMs: 3000,
  look: async (site) => {
    if (site.screens === null) return t.noScreen
    const screens = site.screens()
    const wanted = site.settings.workstation.patientDisplay !== null
    if (wanted && !screens.some(({ patient }) => patient)) return t.noPatientDisplay
    const small = screens.filter(
      ({ width, height, scale, patient }) =>
        !patient && (width / scale < neededWidth || height / scale < neededHeight),
    )
    return small.length > 0 ? t.small(small) : t.seen(screens)
  },
}
