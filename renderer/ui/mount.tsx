import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import './base.css'
import './controls.css'

/** Puts a page into its window. */
export function mount(page: ReactNode): void {
  const root = document.querySelector('#root')
  if (root !== null) createRoot(root).render(<StrictMode>{page}</StrictMode>)
}
