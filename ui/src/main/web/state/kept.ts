/** What the browser keeps under a name: how one reads, never what. Empty where storage is forbidden or holds something else. */
export function readKept(name: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

export function keep(name: string, value: object) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Where storage is forbidden the choice lasts as long as the page.
  }
}
