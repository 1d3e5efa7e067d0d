let millis = $state<number | undefined>();
let holders = 0;

/** The one time that the pointer is at, on whatever chart; while there is one, no refresh moves what is under it. */
export const crosshair = {
  get millis() {
    return millis;
  },
  get held() {
    return holders > 0 || millis !== undefined;
  },
  show(at: number) {
    millis = at;
  },
  hide() {
    millis = undefined;
  },
  hold() {
    holders++;
    return () => {
      holders--;
    };
  },
};
