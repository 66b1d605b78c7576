import { Copy } from 'lucide-react'
import { useState } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'

/** Puts the whole sheet on the clipboard, as text. */
export function CopySheet() {
  const bridge = bridgeOf('help')
  const calls = useCall()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    setCopied(false)
    setCopied((await calls.run(() => bridge.copyConnectionSheet())) === null)
  }
  return (
    <>
      <LiveRegion kind="status" className="quiet-text">
        {copied && texts.help.copied}
      </LiveRegion>
      <Button onClick={() => void copy()}>
        <Copy size={18} />
        {texts.help.copySheet}
      </Button>
      <Failure error={calls.failure} />
    </>
  )
}
