/** How long (ms) after it appears the question hears nothing: what is being typed was meant for another window. */
export const deafTime = 500

export type Input = { kind: 'key' | 'pointer'; repeat: boolean; time: number }

/**
 * Whether an input comes too early to be an answer, or from a key still held down. Keys are counted from the moment
 * the window took the focus as well: before that they went elsewhere, whenever the question was asked.
 */
export function isStray(input: Input, asked: number, focused: number): boolean {
  if (input.kind === 'pointer') return input.time - asked < deafTime
  return input.repeat || input.time - Math.max(asked, focused) < deafTime
}
