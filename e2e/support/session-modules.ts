import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageClient, programClient } from '../../renderer/ui/texts/help/module-session.ts'
import type { WrittenModule } from './test.ts'

/** What a sample module heard, in order: each event, with what its token says of somebody. */
export type Heard = [event: string, person: Record<string, unknown> | null][]

/**
 * A module « Stock » that is a program: the very client that the help shows, which writes down what it hears. Resolves to
 * it and to how what it heard is read.
 */
export async function sampleProgram(folder: string): Promise<{ module: WrittenModule; heard: () => Heard }> {
  const [client, report] = [join(folder, 'client-stock.mjs'), join(folder, 'stock-a-entendu.txt')]
  const own = `import { appendFileSync } from 'node:fs'
function onSession(name, person) {
  appendFileSync(process.argv[2], JSON.stringify([name, person]) + '\\n')
}
`
  await writeFile(client, programClient + own)
  await writeFile(report, '')
  return {
    module: {
      id: 'stock',
      label: 'Stock',
      access: 'operator',
      session: true,
      launch: { kind: 'program', command: process.execPath, args: [client, report] },
    },
    heard: () =>
      readFileSync(report, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  }
}

/** The page of a module that runs the client of the help, with a frame of another site that asks too. */
export function samplePage(frame: string): string {
  return `<!doctype html><title>Page</title><iframe src="${frame}"></iframe><script type="module">
window.heard = []
const onSession = (name, person) => window.heard.push([name, person])
addEventListener('message', ({ data }) => { window.frameSaid = data })
${pageClient}</script>`
}

/** A page that asks for a session that is not its own, and says what came of it to the one that holds it. */
export const strangeFrame = `<!doctype html><script>
const asks = async (say) => {
  const answer = await fetch('comptoir-session://session/').catch(() => null)
  say(answer === null || !answer.ok ? 'refused' : 'told ' + (await answer.text()))
}
const byWorker = new Promise((say) => {
  const source = new Blob(['onconnect = ({ ports: [page] }) => (' + asks + ')((said) => page.postMessage(said))'])
  new SharedWorker(URL.createObjectURL(source)).port.onmessage = ({ data }) => say(data)
})
Promise.all([new Promise(asks), byWorker]).then((said) => parent.postMessage(said.join(), '*'))
</script>`
