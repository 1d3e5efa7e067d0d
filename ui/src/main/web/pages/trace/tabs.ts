/** The tabs of a trace, each with parameter `tab` that opens it: without one, the first is open. */

const TABS = [['waterfall', 'Waterfall'], ['flame', 'Flame'], ['stats', 'Statistics'], ['spans', 'Spans'], ['logs', 'Logs'], ['json', 'JSON']] as const;

export type Tab = (typeof TABS)[number][0] | 'compare';

/** Beside another trace, the comparison comes first. */
export function tabsOf(vs: string | undefined): readonly (readonly [Tab, string, string | undefined])[] {
  const tabs = TABS.map(([key, text]) => [key, text, key === 'waterfall' && vs === undefined ? undefined : key] as const);
  return vs === undefined ? tabs : [['compare', 'Compared', undefined], ...tabs];
}

export const tabOf = (param: string | undefined, vs: string | undefined): Tab => tabsOf(vs).find(([key]) => key === param)?.[0] ?? (vs === undefined ? 'waterfall' : 'compare');
