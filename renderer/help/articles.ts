import type { HelpPage, ViewOf } from '../../electron/ipc/views.ts'
import { sheetTexts } from '../ui/texts/connection-sheet.ts'
import { aboutHelp } from '../ui/texts/help/about.ts'
import { type Article, opening, section, text, watch } from '../ui/texts/help/article.ts'
import { backupsHelp } from '../ui/texts/help/backups.ts'
import {
  activateECpsHelp,
  certificateHelp,
  cryptolibHelp,
  registerPreparateurHelp,
  whichCardHelp,
} from '../ui/texts/help/card-and-phone.ts'
import { cardHelp } from '../ui/texts/help/card.ts'
import { checklistHelp } from '../ui/texts/help/checklist.ts'
import { commandsHelp } from '../ui/texts/help/commands.ts'
import { lockedHelp, operatorsHelp, switchHelp } from '../ui/texts/help/counter.ts'
import { diagnosticHelp } from '../ui/texts/help/diagnostic.ts'
import { identifyHelp } from '../ui/texts/help/identify.ts'
import { installHelp } from '../ui/texts/help/install.ts'
import { journalHelp } from '../ui/texts/help/journal.ts'
import { linkRppsHelp, pscCardHelp, pscECpsHelp } from '../ui/texts/help/psc.ts'
import { pscRoadsHelp } from '../ui/texts/help/psc-roads.ts'
import { settingsHelp } from '../ui/texts/help/settings.ts'
import { moduleSessionHelp } from '../ui/texts/help/module-session.ts'
import { everyText } from './card-states.ts'
import { settingsParts } from './settings-keys.ts'

/** What the pages are drawn from. */
export type HelpView = Pick<ViewOf<'help'>, 'sheet' | 'newer' | 'recording'>

/** Every page, as it is on this workstation. */
export function articlesOf({ sheet, newer, recording }: HelpView): Readonly<Record<HelpPage, Article>> {
  return {
    identify: identifyHelp,
    'psc-card': pscCardHelp,
    'psc-e-cps': pscECpsHelp(sheet.serviceName),
    'link-rpps': linkRppsHelp,
    card: cardHelp(everyText()),
    cryptolib: cryptolibHelp,
    'activate-e-cps': activateECpsHelp,
    certificate: certificateHelp,
    'register-preparateur': registerPreparateurHelp,
    'which-card': whichCardHelp,
    switch: switchHelp,
    locked: lockedHelp,
    operators: operatorsHelp,
    diagnostic: diagnosticHelp,
    checklist: checklistHelp,
    install: installHelp,
    settings: settingsHelp(settingsParts()),
    commands: commandsHelp,
    backups: backupsHelp,
    'module-session': moduleSessionHelp,
    psc: pscRoadsHelp,
    'connection-sheet': sheetArticle(sheet),
    journal: journalHelp(recording.months),
    about: aboutHelp(newer, recording),
  }
}

/** « Fiche de raccordement »: what is to be registered for this workstation, to be printed or copied. */
function sheetArticle(sheet: HelpView['sheet']): Article {
  const { intro, warnings, sections } = sheetTexts(sheet)
  return [
    opening(text(intro), ...warnings.map(watch)),
    ...sections.map(({ title, rows }) => section(title, { kind: 'facts', facts: rows })),
  ]
}
