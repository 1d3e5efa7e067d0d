import { fieldValues } from '../api/loki.ts';
import { labelValues } from '../api/prometheus.ts';
import { tagNames, tagValues } from '../api/tempo.ts';
import { type Chip, labelName } from '../state/filter.ts';
import { LANGUAGES, type Language, languagesOf } from './language.ts';

/** What may follow what was typed: keys, values of a key, or the languages that a query may be of. */
export interface Offer {
  readonly text: string;
  readonly chip?: Chip;
  readonly language?: Language;
}

const FIRST_KEYS = ['service.name', 'level', 'name', 'status', 'duration', 'kind'];
const FIXED: Record<string, readonly string[]> = {
  level: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
  status: ['error', 'ok', 'unset'],
  kind: ['server', 'client', 'internal', 'producer', 'consumer'],
};
const MOST = 9;

type Span = { readonly from: number; readonly to: number };

let keys: Promise<readonly string[]> | undefined;

function keysOf(range: Span): Promise<readonly string[]> {
  keys ??= tagNames(range).then(
    (found) => [...new Set([...FIRST_KEYS, ...found.filter((name) => !name.includes(':'))])],
    () => {
      keys = undefined;
      return FIRST_KEYS;
    },
  );
  return keys;
}

async function valuesOf(key: string, range: Span): Promise<readonly string[]> {
  const fixed = FIXED[key];
  if (fixed) return fixed;
  const asked = await Promise.allSettled([
    tagValues(key, range),
    fieldValues(labelName(key), range),
    labelValues(key === 'service.name' ? 'job' : labelName(key), '', range),
  ]);
  return [...new Set(asked.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])))].sort();
}

/** Names that begin as typed come before those that only have it inside. */
function matching(names: readonly string[], typed: string): string[] {
  const lower = typed.toLowerCase();
  return names.filter((name) => name.toLowerCase().includes(lower)).sort((one, other) => Number(other.toLowerCase().startsWith(lower)) - Number(one.toLowerCase().startsWith(lower)));
}

/** @param typed at least one letter */
export async function offersFor(typed: string, range: Span): Promise<readonly Offer[]> {
  const languages = languagesOf(typed);
  if (languages.length > 0) return languages.map((language) => ({ text: `Run as ${LANGUAGES[language].name}, on ${LANGUAGES[language].page}`, language }));
  if (typed.startsWith('{')) return [];
  const started = /^([\p{L}_][\p{L}\p{N}_.\-/]*)\s*(=~|!~|!=|>=|<=|=|>|<)\s*(.*)$/u.exec(typed);
  if (!started) return matching(await keysOf(range), typed).slice(0, MOST).map((text) => ({ text }));
  const [, key = '', operator = '=', begun = ''] = started;
  return matching(await valuesOf(key, range), begun).slice(0, MOST).map((text) => ({ text, chip: { key, operator: operator as Chip['operator'], value: text } }));
}
