/** A stack trace as runs of lines: titles, the application's own frames, and frames of frameworks that fold. */

export interface Part {
  readonly kind: 'title' | 'own' | 'folded';
  readonly lines: readonly string[];
  /** Of a folded run, the packages that its frames are in, the most frequent first, at most three. */
  readonly packages: readonly string[];
}

const FRAMEWORKS =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|io\.netty|io\.grpc|io\.opentelemetry|io\.vertx|org\.springframework|org\.apache|org\.hibernate|org\.eclipse|org\.jboss|reactor|okhttp3|com\.zaxxer|ch\.qos|org\.slf4j)\./;

export function frames(text: string): Part[] {
  const parts: { kind: Part['kind']; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const frame = /^\s+at (?:[\w.-]+\/+)?(.+)$/.exec(line)?.[1];
    const kind = frame === undefined ? (/^\s/.test(line) ? 'own' : 'title') : FRAMEWORKS.test(frame) ? 'folded' : 'own';
    const last = parts.at(-1);
    if (last && last.kind === kind && kind !== 'title') last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  }
  return parts.map((part) => ({ ...part, packages: part.kind === 'folded' ? packages(part.lines) : [] }));
}

function packages(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const name = /at (?:[\w.-]+\/+)?([a-z][\w]*(?:\.[a-z][\w]*){0,2})/.exec(line)?.[1];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1]).slice(0, 3).map(([name]) => name);
}
