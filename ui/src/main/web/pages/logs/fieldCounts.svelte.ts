import { type Fields, fields } from '../../api/insight.ts';
import { type Chip, labelName, logql } from '../../state/filter.ts';
import { Loader } from '../../state/loader.svelte.ts';
import { type Standout, standouts } from './standout.ts';
import { isLeftOut } from './fields.ts';

interface Counted {
  readonly some: Fields;
  readonly standing: readonly Standout[];
}

const isLevel = (key: string) => key === 'level' || key === 'detected_level';

/**
 * The fields of all lines of a filter, and which of them stand out: against the lines of the same services that the filter
 * leaves out; without a filter, the lines of warnings and errors against all.
 */
export class FieldCounter extends Loader<Counted> {
  count(query: string, chips: readonly Chip[], words: string, range: { from: number; to: number }): () => void {
    return this.run(async (signal) => {
      const some = await fields(query, range, signal);
      return { some, standing: await this.standing(some, query, chips, words, range, signal) };
    });
  }

  private async standing(some: Fields, query: string, chips: readonly Chip[], words: string, range: { from: number; to: number }, signal: AbortSignal): Promise<readonly Standout[]> {
    const services = chips.filter((chip) => chip.key === 'service.name');
    const filtered = words.trim() !== '' || chips.length > services.length;
    const asked = new Set(chips.map((chip) => (isLevel(chip.key) ? 'detected_level' : labelName(chip.key))));
    const skip = (name: string) => isLeftOut(name) || asked.has(name) || (name === 'service_name' && services.length > 0);
    try {
      if (filtered) {
        const all = await fields(logql(services, ''), range, signal);
        return all.exact && some.exact ? standouts(some, all, skip) : [];
      }
      const wrong = await fields(`${query} | detected_level =~ "warn|error|fatal"`, range, signal);
      return wrong.exact && some.exact ? standouts(wrong, some, skip) : [];
    } catch {
      // The panel is whole without it, and what failed is told by the request before.
      return [];
    }
  }
}
