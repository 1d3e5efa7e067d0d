import { parseMoment, parseSpan } from '../../state/time.ts';

/** A box on the heat map: a stretch of time and of durations, `14:02..14:28,1.6s..9s` in parameter `box`. */
export interface Box {
  readonly from: number;
  readonly to: number;
  /** Durations in milliseconds. */
  readonly least: number;
  readonly most: number;
}

export function readBox(text: string | undefined): Box | undefined {
  const [times, durations] = (text ?? '').split(',');
  const [from, to] = (times ?? '').split('..').map((one) => parseMoment(one, Date.now()));
  const [least, most] = (durations ?? '').split('..').map((one) => (one === '0' ? 0 : parseSpan(one)));
  if (from === undefined || to === undefined || least === undefined || most === undefined || to <= from || most <= least) return undefined;
  return { from, to, least, most };
}

const millisText = (millis: number) => `${millis >= 100 ? Math.round(millis) : Number(millis.toPrecision(3))}ms`;

/** Above every span: the upper end of a box that has none. */
export const LONGEST_MILLIS = 86_400_000;

export const boxText = (box: Box) =>
  `${new Date(Math.floor(box.from)).toISOString()}..${new Date(Math.ceil(box.to)).toISOString()},${millisText(box.least)}..${millisText(box.most)}`;
