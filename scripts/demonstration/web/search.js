// Keeps the sheets that contain all the words typed.
const field = document.getElementById('search')
const sheets = [...document.querySelectorAll('#sheets > li')]

field.addEventListener('input', () => {
  const words = plain(field.value).split(/\s+/u)
  for (const sheet of sheets) {
    const text = plain(sheet.textContent)
    sheet.hidden = !words.every((word) => text.includes(word))
  }
  const left = sheets.filter((sheet) => !sheet.hidden).length
  document.getElementById('count').textContent = `${left} ${left > 1 ? 'fiches' : 'fiche'}`
  document.getElementById('none').hidden = left > 0
})

/** Without accents or capitals: « température » is found by « temperature ». */
function plain(text) {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
}
