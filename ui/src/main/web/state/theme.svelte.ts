let name = $state(document.documentElement.dataset['theme'] ?? 'dark');

/** Dark or light: the one state that is kept in the browser, not in the address. */
export const theme = {
  get name() {
    return name;
  },
  toggle() {
    name = name === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = name;
    try {
      localStorage.setItem('theme', name);
    } catch {
      // Where storage is forbidden the choice lasts as long as the page.
    }
  },
};
