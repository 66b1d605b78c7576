import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { isPatientDisplay, isSeenByPatients, type PatientDisplay } from './patient-display.ts'

type Size = { width: number; height: number }

/**
 * Where a window opens: centred on the screen of the window it concerns, within its work area, and never on the
 * screen turned to patients (given by its name, or its rank from 1), unless it is the only one.
 */
export function place(size: Size, near: BrowserWindow | null, patientDisplay: PatientDisplay): Rectangle {
  const displays = screen.getAllDisplays()
  const wanted = near === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(near.getBounds())
  const allowed = displays.filter((display, index) => !isPatientDisplay(display, index, patientDisplay))
  const display = allowed.find(({ id }) => id === wanted.id) ?? allowed[0] ?? wanted
  return centred(size, display.workArea)
}

/** Whether patients may see some of this window (`isSeenByPatients`), where it stands now. */
export function mayBeSeenByPatients(window: BrowserWindow, patientDisplay: PatientDisplay): boolean {
  return isSeenByPatients(window.getBounds(), screen.getAllDisplays(), patientDisplay)
}

/** The frame and title bar are outside the page's size: some room is left for them. */
const frame = { width: 16, height: 40 }

function centred({ width, height }: Size, area: Rectangle): Rectangle {
  const fitted = {
    width: Math.min(width, area.width - frame.width),
    height: Math.min(height, area.height - frame.height),
  }
  return {
    ...fitted,
    x: Math.round(area.x + (area.width - fitted.width) / 2),
    y: Math.round(area.y + (area.height - fitted.height - frame.height) / 2),
  }
}
