import type { PictureName } from '../ui/texts/help/pictures.ts'

/** Where the picture of this name is. Loaded by the pages of « Aide » that show it, and by no other window. */
export function pictureUrl(name: PictureName): string {
  return new URL(`./pictures/${name}.png`, import.meta.url).href
}
