import type { ReactNode } from 'react'

type LiveRegionProps = { kind: 'status' | 'alert'; className?: string; children: ReactNode }

/** Speaks when its content changes. It must be in the page, empty, before there is anything to say. */
export function LiveRegion({ kind, className, children }: LiveRegionProps) {
  return (
    <div role={kind} className={className}>
      {children}
    </div>
  )
}
