const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800].map((seconds) => seconds * 1000);

/** Whole seconds, minutes, hours or days of the zone that the pages show, at least 90 pixels apart. */
export function timeTicks(from: number, to: number, pixels: number): number[] {
  const least = ((to - from) / pixels) * 90;
  const step = STEPS.find((one) => one >= least) ?? 2_592_000_000;
  const offset = new Date(to).getTimezoneOffset() * 60_000;
  const ticks: number[] = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) ticks.push(at);
  return ticks;
}
