import { Eye as EyeOpen, EyeOff } from 'lucide-react'
import { texts } from './texts.ts'

type EyeProps = { shown: boolean; onToggle: () => void }

/** « Afficher le mot de passe »: its name stays, its pressed state changes. */
export function Eye({ shown, onToggle }: EyeProps) {
  const { showPassword, hidePassword } = texts.identification
  return (
    <button
      type="button"
      className="eye"
      aria-label={showPassword}
      aria-pressed={shown}
      title={shown ? hidePassword : showPassword}
      // A click leaves the focus, and so the caret, where it is typed.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onToggle}
    >
      {shown ? <EyeOff size={20} /> : <EyeOpen size={20} />}
    </button>
  )
}
