import { initials } from './initials.ts'

/** The initials of an operator, for the eye only: the name always stands beside them. */
export function Avatar({ name }: { name: string }) {
  return (
    <div className="avatar" aria-hidden="true">
      {initials(name)}
    </div>
  )
}

/** A name on two lines at most; the whole of it stays in the title and for the screen reader. */
export function Clamped({ text, className = '' }: { text: string; className?: string }) {
  return (
    <span className={`two-lines ${className}`} title={text}>
      {text}
    </span>
  )
}
