/** YAML as Pharos prints it, in pieces that are coloured, and the places of its components. */

export interface Piece {
  readonly text: string;
  /** Of the tokens `--k1` (keys), `--k2` (texts), `--k4` (numbers, truth values); none for punctuation. */
  readonly kind?: 'k1' | 'k2' | 'k4';
}

const LINE = /^(\s*(?:- )*)("(?:[^"\\]|\\.)*"|[^\s"][^:]*?)(:)( .*)?$/;

/** The pieces of one line; together they are the line. */
export function pieces(line: string): Piece[] {
  const found = LINE.exec(line);
  if (!found) {
    const [, dash = '', value = ''] = /^(\s*(?:- )*)(.*)$/.exec(line) ?? [];
    return [{ text: dash }, ...valueOf(value)];
  }
  const [, indent = '', key = '', colon = '', value = ''] = found;
  return [{ text: indent }, { text: key, kind: 'k1' }, { text: colon }, ...valueOf(value)];
}

function valueOf(text: string): Piece[] {
  const bare = text.trim();
  if (bare === '' || bare === '{}' || bare === '[]') return text === '' ? [] : [{ text }];
  return [{ text, kind: /^(-?\d+(\.\d+)?|true|false|null)$/.test(bare) ? 'k4' : 'k2' }];
}

export interface PlacedLine {
  readonly pieces: readonly Piece[];
  /** The component that this line is of, if any: its section, such as `exporters`, and its id. */
  readonly section: string | undefined;
  readonly name: string | undefined;
  /** Whether the component begins here. */
  readonly first: boolean;
}

const unquoted = (key: string) => (key.startsWith('"') ? (JSON.parse(key) as string) : key);

/** All lines, each with the component that it is of. */
export function placed(text: string): PlacedLine[] {
  let section: string | undefined;
  let name: string | undefined;
  return text.replace(/\n$/, '').split('\n').map((line) => {
    const depth = line.length - line.trimStart().length;
    const key = LINE.exec(line)?.[2];
    let first = false;
    if (depth === 0) {
      section = key && key !== 'service' ? unquoted(key) : undefined;
      name = undefined;
    } else if (depth === 4 && section !== undefined && key !== undefined) {
      name = unquoted(key);
      first = true;
    }
    return { pieces: pieces(line), section, name, first };
  });
}

/** Where a component stands: the line of a file, or that it is built in. */
export function positionWords(position: string | null): string {
  const found = /^(.*):(\d+):\d+$/.exec(position ?? '');
  if (!found) return position ?? 'by default';
  const [, file = '', line = ''] = found;
  return file.startsWith('pharos:') ? `built in, line ${line}` : `${file.replace(/^.*\//, '')}, line ${line}`;
}
