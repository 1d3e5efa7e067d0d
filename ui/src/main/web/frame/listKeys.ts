/** An action for menus: arrows and the first letter of an entry move the focus, which begins on the first entry; the key of an entry (`data-key`) takes it. */
export function ListKeys(menu: HTMLElement) {
  const entries = () => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  queueMicrotask(() => entries()[0]?.focus());
  const keydown = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    let next: HTMLElement | undefined;
    const taken = event.ctrlKey || event.metaKey || event.altKey ? undefined : all.find((entry) => entry.dataset['key'] === event.key);
    if (taken) {
      event.preventDefault();
      event.stopPropagation();
      taken.click();
      return;
    }
    if (event.key === 'ArrowDown') next = all[(at + 1) % all.length];
    else if (event.key === 'ArrowUp') next = all[(at - 1 + all.length) % all.length];
    else if (event.key === 'Tab') next = all[(at + (event.shiftKey ? -1 : 1) + all.length) % all.length];
    else if (event.key === 'Home') next = all[0];
    else if (event.key === 'End') next = all.at(-1);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLowerCase();
      next = [...all.slice(at + 1), ...all].find((one) => one.textContent?.trim().toLowerCase().startsWith(letter));
    }
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      next.focus();
    }
  };
  menu.addEventListener('keydown', keydown);
  return { destroy: () => menu.removeEventListener('keydown', keydown) };
}
