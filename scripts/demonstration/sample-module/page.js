// Names the window after the module, and leaves.
const label = new URLSearchParams(location.search).get('label') ?? document.title
document.title = label
document.getElementById('label').textContent = label
document.getElementById('leave').addEventListener('click', () => window.close())
