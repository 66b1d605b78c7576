import type { ComponentProps, ReactNode } from 'react'

type PanelProps = Pick<ComponentProps<'div'>, 'role' | 'aria-label' | 'aria-describedby'> & {
  actions: ReactNode
  children: ReactNode
}

/** A step without a form: what there is to say, and the actions under it, always in sight. */
export function Panel({ actions, children, ...rest }: PanelProps) {
  return (
    <div className="dialog" {...rest}>
      <div className="dialog-body">{children}</div>
      <div className="dialog-actions">{actions}</div>
    </div>
  )
}
