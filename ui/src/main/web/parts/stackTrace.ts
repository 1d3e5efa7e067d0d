/** A stack trace as runs of lines: titles, the application's own frames, and frames of frameworks that fold. */

export interface Part {
  readonly kind: 'title' | 'own' | 'folded';
  readonly lines: readonly string[];
  /** Of a folded run, the packages that its frames are in, the most frequent first, at most three. */
  readonly packages: readonly string[];
}

const FRAMEWORKS =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|io\.netty|io\.grpc|io\.opentelemetry|io\.vertx|org\.springframework|org\.apache|org\.hibernate|org\.eclipse|org\.jboss|reactor|okhttp3|com\.zaxxer|ch\.qos|org\.slf4j|org\.h2|org\.postgresql|com\.mysql|oracle|io\.micrometer|io\.lettuce|com\.fasterxml|tools\.jackson|org\.junit)\./;

/** Files that are not the application's: of Python's and Node's libraries, of Go's and .NET's own. */
const LIBRARIES = /site-packages|dist-packages|[\\/]lib[\\/]python\d|node_modules|\(?node:|[\\/]go[\\/](?:src|pkg[\\/]mod)[\\/]|\bat (?:System|Microsoft)\./;

/** Java's `... 12 more`: frames that the cause shares with what it caused. */
const SHARED = /^\s+\.\.\. (\d+) (?:more|common frames)/;

export function frames(text: string): Part[] {
  const parts: { kind: Part['kind']; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const last = parts.at(-1);
    const kind = isCode(line, last?.lines.at(-1)) ? (last?.kind ?? 'own') : kindOf(line);
    if (last && last.kind === kind && kind !== 'title') last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  }
  return parts.map((part) => ({ ...part, packages: part.kind === 'folded' ? packages(part.lines) : [] }));
}

function kindOf(line: string): Part['kind'] {
  if (!/^\s/.test(line)) return 'title';
  const frame = /^\s+at (?:[\w.-]+\/+)?(.+)$/.exec(line)?.[1];
  return (frame !== undefined && FRAMEWORKS.test(frame)) || LIBRARIES.test(line) || SHARED.test(line) ? 'folded' : 'own';
}

/** Python writes the line of code below each frame. */
const isCode = (line: string, before: string | undefined) => /^\s{4,}/.test(line) && !/^\s+at /.test(line) && /^\s+File "/.test(before ?? '');

/** How many frames a run of lines has. */
export const framesIn = (lines: readonly string[]): number =>
  lines.reduce((sum, line, index) => sum + (isCode(line, lines[index - 1]) ? 0 : Number(SHARED.exec(line)?.[1] ?? 1)), 0);

function packages(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const name = /at (?:[\w.-]+\/+)?([a-z][\w]*(?:\.[a-z][\w]*){0,2})\./.exec(line)?.[1] ?? /(?:site-packages|dist-packages|node_modules|python\d[\d.]*(?=[\\/][^\\/]+\.py)|pkg\/mod)[\\/]((?:@[\w.-]+\/)?[\w.-]+)/.exec(line)?.[1] ?? /\((node:[\w/]+)/.exec(line)?.[1];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1]).slice(0, 3).map(([name]) => name);
}

/** A frame of Java as the part that names it, which stands out, and what is around. */
export function named(line: string): { before: string; name: string; after: string } {
  const found = /^\s*(at )(?:[\w.@-]*\/+)?([^(]+)(\(.*)?$/.exec(line);
  return found ? { before: '  at\u00a0', name: found[2] ?? '', after: found[3] ?? '' } : { before: '', name: line.replace(/^\t/, '  '), after: '' };
}
