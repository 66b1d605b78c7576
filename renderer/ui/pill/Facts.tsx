/** One line of what is known: « Porteur : » and « PATRICIA ADJOINTPHARM ». */
type Fact = { readonly name: string; readonly value: string }

/** Lines of what is known. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null
  return (
    <dl className="details-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
