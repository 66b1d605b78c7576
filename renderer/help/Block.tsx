import { useContext } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { toneShapes } from '../ui/card/tones.ts'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import type { HelpBlock } from '../ui/texts/help/article.ts'
import { pictureAlt } from '../ui/texts/help/pictures.ts'
import { Components, Versions } from './About.tsx'
import { Checks } from './Checks.tsx'
import { pictureUrl } from './picture-urls.ts'
import { Go, Typed, Words } from './Words.tsx'

type Support = ViewOf<'help'>['support']
type BlockOf<K extends HelpBlock['kind']> = Extract<HelpBlock, { kind: K }>

/** One thing of a page. */
export function Block({ block, support }: { block: HelpBlock; support: Support }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <Words>{block.text}</Words>
        </p>
      )
    case 'steps':
      return <ol>{items(block.items)}</ol>
    case 'points':
      return <ul className="help-points">{items(block.items)}</ul>
    case 'table':
      return <Table {...block} />
    case 'note':
      return (
        <Notice tone={block.tone}>
          <Words>{block.text}</Words>
        </Notice>
      )
    case 'code':
      return (
        <pre>
          <Typed text={block.code} />
        </pre>
      )
    case 'checks':
      return <Checks checks={block.checks} />
    case 'blanks':
      return <Blanks {...block} />
    case 'picture':
      return <img src={pictureUrl(block.name)} alt={pictureAlt(block.name)} />
    case 'facts':
      return <Facts {...block} />
    case 'whom':
      return <Whom {...block} support={support} />
    case 'states':
      return <States {...block} />
    case 'versions':
      return <Versions />
    case 'components':
      return <Components />
    case 'go':
      return <GoButton {...block} />
    default:
      return block satisfies never
  }
}

function items(lines: readonly string[]) {
  return lines.map((line) => (
    <li key={line}>
      <Words>{line}</Words>
    </li>
  ))
}

function Table({ head, rows }: BlockOf<'table'>) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              <Words>{name}</Words>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([about = '', ...cells]) => (
          <tr key={[about, ...cells].join(' ')}>
            <th scope="row">
              <Words>{about}</Words>
            </th>
            {cells.map((cell, column) => (
              <td key={head[column + 1]}>
                <Words>{cell}</Words>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Facts({ facts }: BlockOf<'facts'>) {
  return (
    <dl className="sheet">
      {facts.map(({ name, kind, values, hint }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {values.map((value) => (
              <p key={value}>{kind === 'exact' ? <code>{value}</code> : value}</p>
            ))}
            {hint !== null && <p className="quiet-text">{hint}</p>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Blanks({ names }: BlockOf<'blanks'>) {
  return (
    <dl className="help-blanks">
      {names.map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd />
        </div>
      ))}
    </dl>
  )
}

function Whom({ people, support }: BlockOf<'whom'> & { support: Support }) {
  const { known, unknown } = texts.help.support
  const { name = null, phone = null } = support ?? {}
  const own = name === null && phone === null ? unknown : known(name, phone)
  return (
    <dl className="help-whom">
      {people.map((person) => (
        <div key={person.name}>
          <dt>{person.name === '' ? own : person.name}</dt>
          <dd>{person.what}</dd>
        </div>
      ))}
    </dl>
  )
}

function States({ states, head }: BlockOf<'states'>) {
  return (
    <table className="help-states">
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {states.map(({ text, remedy, tone }) => {
          const Shape = toneShapes[tone]
          return (
            <tr key={text}>
              <th scope="row" className={tone}>
                <span>
                  <Shape size={18} />
                  {text}
                </span>
              </th>
              <td>{remedy}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function GoButton({ page, words }: BlockOf<'go'>) {
  const go = useContext(Go)
  return (
    <div className="help-way">
      <Button onClick={() => go(page)}>{words}</Button>
    </div>
  )
}
