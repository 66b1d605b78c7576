import { ipcMain } from 'electron'
import { answer, type Serving } from './answer.ts'
import { channelNames } from './contract.ts'
import { channelPrefix } from './wire.ts'

/** Answers the calls of the windows, each as `answer` says. */
export function serveContract(serving: Serving): void {
  for (const channel of channelNames) {
    ipcMain.handle(channelPrefix + channel, (event, args: unknown) => answer(serving, channel, event, args))
  }
}
