import { useId } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import type { Article, HelpSection } from '../ui/texts/help/article.ts'
import { Block } from './Block.tsx'

type PageProps = { article: Article; support: ViewOf<'help'>['support'] }

/** What a page says, section by section. */
export function Page({ article, support }: PageProps) {
  return article.map((each) => <Section key={each.title ?? ''} section={each} support={support} />)
}

/** A part of a page, named by its heading where it has one. */
function Section({ section, support }: { section: HelpSection; support: PageProps['support'] }) {
  const heading = useId()
  const { title, blocks } = section
  const said = blocks.map((block, index) => {
    const key = `${index} ${block.kind}`
    return <Block key={key} block={block} support={support} />
  })
  if (title === null) return <div className="help-section">{said}</div>
  return (
    <section className="help-section" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {said}
    </section>
  )
}
