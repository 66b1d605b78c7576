import type { Program } from './program.ts'

/** Keeps addresses from the system's browser; returns how to know which it would have been handed. */
export async function recordBrowser(program: Program): Promise<() => Promise<string[]>> {
  const handed = await program.app.evaluateHandle(({ shell }) => {
    const urls: string[] = []
    shell.openExternal = (url) => {
      urls.push(url)
      return Promise.resolve()
    }
    return urls
  })
  return () => handed.evaluate((urls) => [...urls])
}
