import type { ComponentProps, ReactNode } from 'react'

type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  look?: 'plain' | 'primary'
  /** An answer is awaited: still focusable, so that the focus does not fall on the page. */
  busy?: boolean
  children: ReactNode
}

/** A button with a word on it. `type="submit"` has to be asked for. */
export function Button({
  look = 'plain',
  busy = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={look === 'primary' ? 'button primary' : 'button'}
      aria-disabled={busy || undefined}
      onClick={busy && type !== 'submit' ? undefined : onClick}
    >
      {children}
    </button>
  )
}
