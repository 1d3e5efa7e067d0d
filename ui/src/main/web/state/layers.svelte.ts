/** Which floating layer is open; one at a time. */

export interface ValueTarget {
  readonly key: string;
  readonly value: string;
  readonly x: number;
  readonly y: number;
}

export type Layer = 'none' | 'time' | 'palette' | 'keys' | 'value' | 'beside' | 'columns';

let open = $state<Layer>('none');
let target = $state.raw<ValueTarget | undefined>(undefined);
let returnTo: HTMLElement | undefined;

export const layers = {
  get open() {
    return open;
  },
  get target() {
    return target;
  },
  show(layer: Layer) {
    if (document.activeElement instanceof HTMLElement) returnTo = document.activeElement;
    open = layer;
  },
  showValue(at: ValueTarget) {
    target = at;
    layers.show('value');
  },
  /** Closes the layer and gives the focus back to where it was. */
  close() {
    if (open === 'none') return;
    open = 'none';
    returnTo?.focus();
    returnTo = undefined;
  },
};

let said = $state('');
let timer: ReturnType<typeof setTimeout> | undefined;

/** A short message for what cannot be seen in place. */
export const toast = {
  get text() {
    return said;
  },
  say(text: string) {
    said = text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      said = '';
    }, 3000);
  },
};

export async function copy(text: string, what: string) {
  try {
    await navigator.clipboard.writeText(text);
    toast.say(`${what} copied`);
  } catch {
    toast.say(`This browser does not let pages copy. ${what}: ${text}`);
  }
}
