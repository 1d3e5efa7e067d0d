const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), [tabindex="0"]';

/** An action for dialogs: Tab goes round inside, since what is behind cannot be used. */
export function keepFocus(dialog: HTMLElement) {
  const keydown = (event: KeyboardEvent) => {
    if (event.key !== 'Tab') return;
    const all = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const edge = event.shiftKey ? all[0] : all.at(-1);
    if (all.length > 0 && document.activeElement !== edge && document.activeElement !== dialog) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0])?.focus();
  };
  dialog.addEventListener('keydown', keydown);
  return { destroy: () => dialog.removeEventListener('keydown', keydown) };
}
