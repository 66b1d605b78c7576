import { useState } from 'react'
import type { Bridge } from '../../electron/ipc/contract.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { families, journalKinds, kindsOf, type Family } from '../ui/texts/journal-kinds.ts'
import { earliestDay, incompleteDays, latestDay } from '../ui/whole-days.ts'
import { type FilterForm, nothingFiltered, periods, wrongDays } from './filter-form.ts'
import { PersonFilter } from './PersonFilter.tsx'
import { ReferenceFilter } from './ReferenceFilter.tsx'
import { Select } from './Select.tsx'

type FiltersProps = {
  form: FilterForm
  onChange: (form: FilterForm) => void
  modules: readonly { id: string; label: string }[]
  searchPeople: Bridge<'journal'>['journalPeople']
}

const words = texts.journal.filters

/** Which rows are wanted. Each change is listed at once. */
export function Filters({ form, onChange, modules, searchPeople }: FiltersProps) {
  const change = (changed: Partial<FilterForm>): void => onChange({ ...form, ...changed })
  const wrong = wrongDays(form)
  const [incomplete, setIncomplete] = useState(false)
  const look = (page: HTMLElement): void => setIncomplete(incompleteDays(page).length > 0)
  return (
    <search
      className="filters"
      aria-label={words.title}
      // Said once a day is left, taken back while one types.
      onBlur={({ currentTarget }) => look(currentTarget)}
      onInput={({ currentTarget }) => incomplete && look(currentTarget)}
    >
      <Select
        label={words.period}
        value={form.period}
        onChange={(value) => change({ period: periods.find((period) => period === value) ?? 'all' })}
      >
        {periods.map((period) => (
          <option key={period} value={period}>
            {words.periods[period]}
          </option>
        ))}
      </Select>
      {form.period === 'between' && (
        <>
          <Day label={words.from} value={form.from} wrong={false} onChange={(from) => change({ from })} />
          <Day label={words.to} value={form.to} wrong={wrong} onChange={(to) => change({ to })} />
        </>
      )}
      <PersonFilter
        chosen={form.operator}
        onChoose={(operator) => change({ operator })}
        search={searchPeople}
      />
      <Select label={words.kind} value={form.kind} onChange={(kind) => change({ kind })}>
        <option value="">{words.allKinds}</option>
        {allFamilies.map((family) => (
          <optgroup key={family} label={families[family]}>
            <option value={`family:${family}`}>{words.wholeFamily(families[family])}</option>
            {kindsOf(family).map((kind) => (
              <option key={kind} value={kind}>
                {journalKinds[kind].name}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <Select label={words.module} value={form.module} onChange={(module) => change({ module })}>
        <option value="">{words.allModules}</option>
        {modules.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      <ReferenceFilter value={form.reference} onChange={(reference) => change({ reference })} />
      {form !== nothingFiltered && (
        <div className="field clear-filters">
          <Button onClick={() => onChange(nothingFiltered)}>{words.clear}</Button>
        </div>
      )}
      <p role="alert" className="filters-wrong">
        {incomplete ? texts.days.incomplete : wrong && words.wrongDays}
      </p>
    </search>
  )
}

const isFamily = (name: string): name is Family => name in families
const allFamilies = Object.keys(families).filter(isFamily)

type DayProps = { label: string; value: string; wrong: boolean; onChange: (day: string) => void }

function Day({ label, value, wrong, onChange }: DayProps) {
  return (
    <div className="field day-filter">
      <label>
        {label}
        <input
          className="input"
          type="date"
          min={earliestDay}
          max={latestDay}
          value={value}
          aria-invalid={wrong || undefined}
          onChange={({ target }) => onChange(target.value)}
        />
      </label>
    </div>
  )
}
