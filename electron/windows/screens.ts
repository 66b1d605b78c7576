import { screen } from 'electron'
import type { ScreenSight } from '../diagnostic/site.ts'
import { isPatientDisplay } from './patient-display.ts'

/** The screens of this workstation, in the system's order, with the one turned to patients. */
export function screensSeen(patientDisplay: string | number | null): readonly ScreenSight[] {
  return screen.getAllDisplays().map((display, index) => ({
    width: Math.round(display.size.width * display.scaleFactor),
    height: Math.round(display.size.height * display.scaleFactor),
    scale: display.scaleFactor,
    patient: patientDisplay !== null && isPatientDisplay(display, index, patientDisplay),
  }))
}
