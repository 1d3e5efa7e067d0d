/** Line drawings on a field of 16 by 16, as paths. */
export const ICONS = {
  overview: 'M1.5 8h3.5M7 8l7-4.5M7 8h7M7 8l7 4.5M7.4 8a1.2 1.2 0 1 1-2.4 0 1.2 1.2 0 0 1 2.4 0z',
  traces: 'M2 3.5h9M4.5 8h8.5M7 12.5h6',
  logs: 'M2 3.5h1.5M2 8h1.5M2 12.5h1.5M6 3.5h8M6 8h6M6 12.5h8',
  metrics: 'M2 13 6 7.5l3 2.8L14 3.5',
  services: 'M2 4h12M2 8h12M2 12h12M5 2.8v2.4M10.5 6.8v2.4M7 10.8v2.4',
  map: 'M5.2 8a1.7 1.7 0 1 1-3.4 0 1.7 1.7 0 0 1 3.4 0zM14.2 4a1.7 1.7 0 1 1-3.4 0 1.7 1.7 0 0 1 3.4 0zM14.2 12a1.7 1.7 0 1 1-3.4 0 1.7 1.7 0 0 1 3.4 0zM5 7.2l5.9-2.5M5 8.8l5.9 2.5',
  pipeline: 'M1.5 8h3M6.8 8h2.4M11.5 8h3M6.8 6.2v3.6H4.5V6.2zM11.5 6.2v3.6H9.2V6.2z',
  compare: 'M3 13V7M6.3 13V3M9.6 13V9M13 13V5.5',
  connect: 'M6 2.5V6M10 2.5V6M4 6h8v2.2a4 4 0 0 1-8 0zM8 12.2V14',
  search: 'M11 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM10 10l3.5 3.5',
  clock: 'M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM8 5v3l2 1.5',
  sun: 'M10.6 8a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0zM8 2v1.6M8 12.4V14M2 8h1.6M12.4 8H14M3.8 3.8 5 5M11 11l1.2 1.2M3.8 12.2 5 11M11 5l1.2-1.2',
  keys: 'M1.5 4.5h13v7h-13zM4 7h.5M7 7h.5M10 7h.5M5 9.3h6',
  link: 'M6.5 9.5l3-3M7.2 4.8l1.3-1.3a2.6 2.6 0 0 1 3.9 3.9l-1.5 1.4M8.8 11.2l-1.3 1.3a2.6 2.6 0 0 1-3.9-3.9l1.5-1.4',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  copy: 'M5.5 5.5h7.5V13H5.5zM3 10.5V3h7.5',
  play: 'M5 3.5 12 8l-7 4.5z',
  pause: 'M5.5 4v8M10.5 4v8',
  right: 'm6 4 4 4-4 4',
  down: 'm4 6 4 4 4-4',
  cross: 'm4.5 4.5 7 7M11.5 4.5l-7 7',
  group: 'M3 4h10M5 8h8M7 12h6',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.4h-2.4',
} as const;

export type IconName = keyof typeof ICONS;
