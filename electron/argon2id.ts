/** argon2id: 64 MiB, 3 passes, 1 lane. Measured at 66 ms on the development machine, under 150 ms asked. */
export const argon2Parameters = {
  // `Algorithm.Argon2id`: a const enum, which isolated modules cannot read.
  algorithm: 2,
  memoryCost: 65_536,
  timeCost: 3,
  parallelism: 1,
} as const

/** Hashes a text, off the main thread. Resolves to a PHC string with its own salt. */
export async function hashText(text: string): Promise<string> {
  const { hash } = await argon2()
  return hash(text, argon2Parameters)
}

/** Whether `hash` (a PHC string) was made of `text`. Rejects when `hash` is not one. */
export async function isHashOf(hash: string, text: string): Promise<boolean> {
  const { verify } = await argon2()
  return verify(hash, text)
}

/** Loaded on first use: a native module is not on the way to the first window. */
function argon2() {
  return import('@node-rs/argon2')
}
