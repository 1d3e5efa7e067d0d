import type { Baseline, Finding, Service } from '../../api/insight.ts';
import { clock, nanos, rate, share, text } from '../../format.ts';

const LANGUAGES: Record<string, string> = {
  cpp: 'C++', dotnet: '.NET', erlang: 'Erlang', go: 'Go', java: 'Java', nodejs: 'Node', php: 'PHP', python: 'Python', ruby: 'Ruby', rust: 'Rust', swift: 'Swift', webjs: 'Browser',
};

/** A language of `telemetry.sdk.language` as its people write it. */
export const languageName = (name: string | null) => (name === null ? '' : (LANGUAGES[name] ?? name));

/** Why a service is away from its normal; empty while it is not. */
export function why(service: Service): string {
  if (service.away <= 0) return '';
  const slow = service.awayIn.includes('duration');
  const failing = service.awayIn.includes('errors');
  if (service.why?.kind === 'waits') return `${share(service.why.share)} ${failing ? (slow ? 'from' : 'of errors from') : 'waits for'} ${service.why.service}`;
  if (service.awayIn.includes('gone')) return 'sends nothing any more';
  if (slow || failing) return `${slow ? 'slow' : ''}${slow && failing ? ' and ' : ''}${failing ? 'failing' : ''}${service.why?.kind === 'itself' ? ' itself' : ''}`;
  if (!service.awayIn.includes('rate')) return '';
  return service.rate < (service.was?.rate ?? 0) ? 'called less' : 'called more';
}

/** What "was" is, as the heading says it. */
export function baselineWords(baseline: Baseline): string {
  const span = `${clock(baseline.start ?? 0)} to ${clock(baseline.end ?? 0)}`;
  switch (baseline.kind) {
    case 'yesterday':
      return 'compared with the same hours yesterday';
    case 'before':
      return `compared with ${span}`;
    case 'within':
      return `compared with its own beginning, ${span}`;
    case 'none':
      return 'nothing before it to compare with';
  }
}

/** How numbers of what a finding is about are written. */
export function findingFormat(unit: Finding['series']['unit']): (value: number) => string {
  switch (unit) {
    case 'nanos':
      return (value) => text(nanos(value));
    case 'share':
      return share;
    case 'rate':
      return rate;
  }
}

/** A text before, in and after the first place where a part stands as a word of its own; the whole text where it does not. */
export function around(whole: string, part: string): readonly [string, string, string] {
  const word = /[\p{L}\p{N}_]/u;
  for (let at = whole.indexOf(part); part !== '' && at >= 0; at = whole.indexOf(part, at + 1)) {
    if (word.test(whole[at - 1] ?? '') || word.test(whole[at + part.length] ?? '')) continue;
    return [whole.slice(0, at), part, whole.slice(at + part.length)];
  }
  return [whole, '', ''];
}
