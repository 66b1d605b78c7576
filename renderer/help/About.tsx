import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { AboutView } from '../../electron/ipc/component-views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { aboutTexts as words, versionRows } from '../ui/texts/about.ts'
import { useCall, type Calls } from '../ui/useCall.ts'

/** The versions of the program that runs, to be read out or copied. */
export function Versions() {
  const { about, calls } = useAbout()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    setCopied(false)
    setCopied((await calls.run(() => bridgeOf('help').copyVersions())) === null)
  }
  return (
    <>
      <dl className="sheet">
        {about !== null &&
          versionRows(about.versions).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className="help-way">
        <Button onClick={() => void copy()}>
          <Copy size={18} />
          {words.copy}
        </Button>
        <LiveRegion kind="status" className="quiet-text">
          {copied && words.copied}
        </LiveRegion>
      </div>
      <Failure error={calls.failure} />
    </>
  )
}

/** What others made, each with its licence, which one opens to read it. */
export function Components() {
  const { about, calls } = useAbout()
  return (
    <>
      {about !== null && (
        <>
          <p>{words.counted(about.components.length)}</p>
          <p className="quiet-text">
            {about.files === null ? words.noFiles : words.files(about.files.sbom, about.files.licences)}
          </p>
          <ul className="help-components">
            {about.components.map(({ name, version, licence, text }) => (
              <li key={`${name} ${version}`}>
                <details>
                  <summary>
                    <span>
                      <strong>{name}</strong> <span className="numbers">{version}</span>
                    </span>
                    <span>{licence}</span>
                  </summary>
                  <pre lang="en">{text}</pre>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
      <Failure error={calls.failure} />
    </>
  )
}

/** Asked for when the page is read, and not before. */
function useAbout(): { about: AboutView | null; calls: Calls } {
  const calls = useCall()
  const [about, setAbout] = useState<AboutView | null>(null)
  const { run } = calls
  useEffect(() => {
    void run(async () => {
      const answer = await bridgeOf('help').readAbout()
      if (answer.ok) setAbout(answer.value)
      return answer
    })
  }, [run])
  return { about, calls }
}
