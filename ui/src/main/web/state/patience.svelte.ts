/**
 * How long the reader has waited: nothing changes up to 100 ms, then the layout shows that something comes, and after two
 * seconds it is said in words.
 */
export type Waited = 'short' | 'some' | 'long';

/** Follows whether something is waited for; called while a component is made. */
export function patience(waiting: () => boolean) {
  let waited = $state<Waited>('short');
  $effect(() => {
    if (!waiting()) return;
    const timers = [setTimeout(() => (waited = 'some'), 100), setTimeout(() => (waited = 'long'), 2000)];
    return () => {
      timers.forEach(clearTimeout);
      waited = 'short';
    };
  });
  return {
    get waited() {
      return waited;
    },
  };
}
