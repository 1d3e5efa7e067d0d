// Runs before the first paint, so that a page is never shown in the theme that was not chosen.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('theme');
  } catch {
    // Storage may be forbidden; the system's wish is taken then.
  }
  const light = matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme = chosen ?? (light ? 'light' : 'dark');
})();
