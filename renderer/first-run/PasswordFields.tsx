import { useState } from 'react'
import { Eye } from '../ui/Eye.tsx'
import { Field } from '../ui/Field.tsx'
import { texts } from '../ui/texts.ts'
import { guessableWords } from './rules.ts'
import { Strength } from './Strength.tsx'
import { useScore } from './useScore.ts'
import type { TypedForm } from './useTyped.ts'

/** The password, how hard it is to guess, and the password again; one eye shows both. */
export function PasswordFields({ form }: { form: TypedForm }) {
  const [shown, setShown] = useState(false)
  const score = useScore(form.typed.password, guessableWords(form.typed))
  const type = shown ? 'text' : 'password'
  const common = { type, maxLength: 128, autoComplete: 'new-password', required: true }
  return (
    <>
      <div className="field-with-eye">
        <Field label={texts.firstRun.password} {...common} {...form.bind('password')}>
          <Strength score={score} />
        </Field>
        <Eye shown={shown} onToggle={() => setShown(!shown)} />
      </div>
      <Field label={texts.firstRun.passwordAgain} {...common} {...form.bind('passwordAgain')} />
    </>
  )
}
