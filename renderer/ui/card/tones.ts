import { CircleCheck, IdCard, OctagonAlert, TriangleAlert } from 'lucide-react'

/** Each tone has a shape of its own, so that colour is never alone. */
export const toneShapes = {
  neutral: IdCard,
  fine: CircleCheck,
  watch: TriangleAlert,
  mend: OctagonAlert,
} as const
