import type { Change, Finding } from '../../api/insight.ts';
import { isWorse } from '../../parts/marks.ts';

/** A change, with how many of the same kind of the same thing came before it. */
export interface Told {
  readonly change: Change;
  readonly before: number;
}

/** Changes, the newest first, of each thing that steps more than once the last step alone; versions each. */
export function told(changes: readonly Change[]): Told[] {
  const found = new Map<string, { change: Change; before: number }>();
  changes.forEach((change, index) => {
    const key = change.kind === 'version' ? String(index) : `${change.kind}\n${change.service}\n${change.instance ?? ''}`;
    const same = found.get(key);
    if (same) same.before++;
    else found.set(key, { change, before: 0 });
  });
  return [...found.values()];
}

/** A change may be seen a little before the finding that it begins. */
const BEFORE_MILLIS = 60_000;

/** Whether a change is what a finding is about: then alone it is to be looked at. */
export function isOfFinding(change: Change, findings: readonly Finding[]): boolean {
  return isWorse(change) && findings.some((finding) => change.at >= finding.since - BEFORE_MILLIS && change.kind === finding.what && (change.service === finding.service || finding.explains?.services.includes(change.service)));
}
