import { LiveRegion } from './LiveRegion.tsx'
import { Notice } from './Notice.tsx'
import { texts } from './texts.ts'
import { recentTexts } from './texts/identification-recent.ts'

/** What there is to say of what was typed, before anything is sent. */
export type Remark = 'missing-code' | 'barcode' | 'badge' | 'badge-alone' | 'fast'

type FormRemarkProps = {
  remark: Remark | null
  /** The code is typed here too. */
  codeTyped: boolean
}

/** The two live regions are always in the page. */
export function FormRemark({ remark, codeTyped }: FormRemarkProps) {
  return (
    <>
      <LiveRegion kind="alert">
        {remark === 'missing-code' && <Notice tone="watch">{texts.identification.missingCode}</Notice>}
      </LiveRegion>
      <LiveRegion kind="status">
        {remark !== null && remark !== 'missing-code' && said(remark, codeTyped)}
      </LiveRegion>
    </>
  )
}

function said(remark: Exclude<Remark, 'missing-code'>, codeTyped: boolean) {
  switch (remark) {
    case 'barcode':
      return <Notice tone="watch">{codeTyped ? texts.identification.barcode : texts.locked.barcode}</Notice>
    case 'badge':
      return <Notice tone="info">{recentTexts.badge}</Notice>
    case 'badge-alone':
      return <Notice tone="watch">{recentTexts.badgeAlone}</Notice>
    case 'fast':
      return <Notice tone="watch">{recentTexts.fast}</Notice>
    default:
      return remark satisfies never
  }
}
