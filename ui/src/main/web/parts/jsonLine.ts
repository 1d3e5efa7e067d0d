/** A line of JSON as it is read: what it says first, then its other members. */
export interface Spoken {
  readonly message: string;
  readonly rest: string;
}

/** Members that hold what a line says, in the names that loggers give it. */
const SAYING = ['message', 'msg', 'log', 'event', 'body'];
/** What stands in columns of its own. */
const SHOWN = new Set(['level', 'severity', 'time', 'timestamp', 'ts', '@timestamp']);
const LONGEST = 4000;

/** Undefined where a line is no object of JSON that says something. */
export function spoken(text: string): Spoken | undefined {
  if (!text.startsWith('{') || text.length > LONGEST) return undefined;
  let members: Record<string, unknown>;
  try {
    members = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const key = SAYING.find((name) => typeof members[name] === 'string' && members[name] !== '');
  if (key === undefined) return undefined;
  const rest = Object.entries(members).filter(([name]) => name !== key && !SHOWN.has(name));
  return { message: (members[key] as string).split('\n', 1)[0] ?? '', rest: rest.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' ') };
}
