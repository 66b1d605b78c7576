import {
  AppWindow,
  BookOpen,
  Boxes,
  FolderHeart,
  Globe,
  IdCard,
  type LucideIcon,
  PanelsTopLeft,
  Pill,
  ReceiptEuro,
  ScrollText,
  Stethoscope,
  Truck,
  UserRoundCheck,
  Users,
} from 'lucide-react'
import type { ModuleTile } from '../../electron/ipc/views.ts'

/** The usual modules of an officine, by their id in comptoir.json. */
const byId: ReadonlyMap<string, LucideIcon> = new Map([
  ['produits', Pill],
  ['facturation', ReceiptEuro],
  ['patients', Users],
  ['dmp', FolderHeart],
  ['commandes', Truck],
  ['stock', Boxes],
  ['doc', BookOpen],
  ['documentation', BookOpen],
  ['operateurs', IdCard],
  ['diagnostic', Stethoscope],
  ['comptoir:operators', Users],
  ['comptoir:journal', ScrollText],
  ['comptoir:connections', UserRoundCheck],
])
const byKind: Record<ModuleTile['kind'], LucideIcon> = {
  program: AppWindow,
  window: PanelsTopLeft,
  browser: Globe,
  'built-in': PanelsTopLeft,
}

/** The icon of a known module, else that of its kind. */
export function iconOf({ id, kind }: Pick<ModuleTile, 'id' | 'kind'>): LucideIcon {
  return byId.get(id.toLowerCase()) ?? byKind[kind]
}
