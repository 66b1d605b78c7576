import { type Ref, useState } from 'react'
import { Eye } from './Eye.tsx'
import { Field } from './Field.tsx'
import { Strength } from './Strength.tsx'
import { texts } from './texts.ts'
import { type ScorePassword, useScore } from './useScore.ts'
import './password-fields.css'

/** What a password field is held by. */
export type PasswordBinding = {
  ref?: Ref<HTMLInputElement>
  name: string
  value: string
  error: string | null
  onChange: (event: { target: HTMLInputElement }) => void
  onBlur: () => void
}

type PasswordFieldsProps = {
  password: PasswordBinding
  again: PasswordBinding
  /** What somebody who knows the operator would try first. */
  guessable: readonly string[]
  /** What the two fields are called, where another password stands beside them. */
  labels?: { readonly password: string; readonly passwordAgain: string }
  scorePassword: ScorePassword
}

/** A new password, how hard it is to guess, and the password again; one eye shows both. */
export function PasswordFields({
  password,
  again,
  guessable,
  labels = texts.firstRun,
  scorePassword,
}: PasswordFieldsProps) {
  const [shown, setShown] = useState(false)
  const score = useScore(password.value, guessable, scorePassword)
  const type = shown ? 'text' : 'password'
  const common = { type, maxLength: 128, autoComplete: 'new-password', required: true }
  return (
    <>
      <div className="field-with-eye">
        <Field label={labels.password} {...common} {...password}>
          <Strength score={score} />
        </Field>
        <Eye shown={shown} onToggle={() => setShown(!shown)} />
      </div>
      <Field label={labels.passwordAgain} {...common} {...again} />
    </>
  )
}
