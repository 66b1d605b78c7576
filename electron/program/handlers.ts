import type { Counter } from '../counter.ts'
import { Refusal } from '../ipc/result.ts'
import type { Caller, Handlers } from '../ipc/answer.ts'
import { newReference } from '../journal/reference.ts'
import type { AppWindows } from '../windows/app-windows.ts'
import type { Closing } from './closing.ts'
import type { FirstRun } from './first-run.ts'

type Parts = { counter: Counter; firstRun: FirstRun; closing: Closing }

/** What each call of the contract does once the program has started. */
export function createHandlers({ counter, firstRun, closing }: Parts): Partial<Handlers> {
  const { session, attempts, modules, stay, cardRemoved } = counter
  return {
    openModule: ({ id }) => {
      // Whoever opens another module has answered « Rester connecté ? ».
      stay.answer('stay')
      return modules.open(id)
    },
    identify: () => attempts.begin({ kind: 'connect' }),
    switchOperator: () => {
      session.lock('switch')
      attempts.begin({ kind: 'switch' })
    },
    disconnect: () => counter.disconnect(),
    renewSession: () => {
      const operator = session.connected()?.operator
      if (operator === undefined) throw new Refusal('not-connected', newReference())
      attempts.begin({ kind: 'renew', operator })
    },
    unlockByPsc: () => counter.unlockByPsc(),
    unlock: ({ password }) => counter.unlock(password),
    openFirstRun: () => firstRun.open(),
    dismissNotice: () => counter.notify(null),
    acknowledgeRecording: () => counter.acknowledgeRecording(),

    submitCode: ({ attempt, code, password }) => attempts.submit(attempt, code, password),
    startPsc: ({ attempt }) => attempts.startPsc(attempt),
    startPhone: ({ attempt, typed }) => attempts.startPhone(attempt, typed),
    reopenBrowser: ({ attempt }) => attempts.reopenBrowser(attempt),
    copyLink: ({ attempt }) => attempts.copyLink(attempt),
    answerWrongPerson: ({ attempt, answer }) => attempts.answerWrongPerson(attempt, answer),
    confirmPerson: ({ attempt, password }) => attempts.confirmPerson(attempt, password),
    restartPsc: ({ attempt }) => attempts.restartPsc(attempt),
    associate: ({ attempt, code, password }) => attempts.associate(attempt, code, password),
    confirmAssociation: ({ attempt, authoriser }) => attempts.confirmAssociation(attempt, authoriser),
    forgottenPassword: ({ attempt }) => attempts.forgottenPassword(attempt),
    setForgottenPassword: ({ attempt, password }) => attempts.setForgottenPassword(attempt, password),
    setProvisionalPassword: ({ attempt, password }) => attempts.setProvisionalPassword(attempt, password),
    startNewcomer: ({ attempt }) => attempts.startNewcomer(attempt),
    describeNewcomer: ({ attempt, form }) => attempts.describeNewcomer(attempt, form),
    correctNewcomer: ({ attempt }) => attempts.correctNewcomer(attempt),
    authoriseNewcomer: ({ attempt, code, password }) => attempts.authoriseNewcomer(attempt, code, password),
    cancelIdentification: () => attempts.cancel(),
    usesTouch: ({ touch }) => counter.usesTouch(touch),

    testCard: () => counter.testCard(),
    openHelp: ({ page }, { webContentsId }) => counter.openHelp(page, webContentsId),
    copyConnectionSheet: () => counter.copyConnectionSheet(),

    answerCardRemoved: ({ question, answer }) =>
      cardRemoved.answer(answer === 'leave' ? 'escape' : answer, question),
    answerStayConnected: ({ question, answer }) =>
      stay.answer(answer === 'leave' ? 'escape' : answer, question),

    scorePassword: ({ password, words }) => firstRun.score(password, words),
    createTitulaire: (form) => firstRun.create(form),
    cancelFirstRun: () => firstRun.cancel(),

    answerIdle: ({ question, answer }) => counter.idle.answer(answer, question),

    closeDay: () => closing.requestDay(),
    confirmClosing: () => void closing.confirm(),
    cancelClosing: () => closing.cancel(),

    resumeVeiled: (_, { webContentsId }) => counter.resumeVeiled(webContentsId),
    closeVeiled: (_, { webContentsId }) => void counter.pages.behind(webContentsId)?.page.close(),
  }
}

/** What every window calls: its view, and that it has drawn it. */
export function serveViews(windows: AppWindows): Pick<Handlers, 'getView' | 'drawn'> {
  return {
    getView: (_, { webContentsId }: Caller) => windows.byContents(webContentsId)?.numbered(),
    drawn: ({ number }, { webContentsId }) => windows.byContents(webContentsId)?.drawn(number),
  }
}
