import type { Display, Rectangle } from 'electron'

/** The screen turned to patients: its name as the system shows it, its rank from 1, or none. */
export type PatientDisplay = string | number | null

/** Whether `display`, of this rank from 0, is the one turned to patients. */
export function isPatientDisplay(
  display: Pick<Display, 'label'>,
  index: number,
  patientDisplay: PatientDisplay,
): boolean {
  return typeof patientDisplay === 'number' ? patientDisplay === index + 1 : patientDisplay === display.label
}

/**
 * Whether patients may see something that stands at `bounds`: some of it is on the screen turned to them, or there are
 * several screens and none is the one that the settings name.
 */
export function isSeenByPatients(
  bounds: Rectangle,
  displays: readonly Pick<Display, 'label' | 'bounds'>[],
  patientDisplay: PatientDisplay,
): boolean {
  if (patientDisplay === null) return false
  const theirs = displays.filter((display, index) => isPatientDisplay(display, index, patientDisplay))
  if (theirs.length === 0) return displays.length > 1
  return theirs.some((display) => overlap(display.bounds, bounds))
}

function overlap(one: Rectangle, other: Rectangle): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}
