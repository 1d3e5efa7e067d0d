import type { Structure, StructureNode } from '../../api/insight.ts';
import type { Chip } from '../../state/filter.ts';

/** A node with how deep it is and whether others are below it. */
export interface Placed {
  readonly node: StructureNode;
  readonly depth: number;
  /** Tells it apart as long as the tree is the same: the operations from the top. */
  readonly path: string;
}

/** The nodes of an answer with their places in the tree. */
export function placed({ nodes }: Structure): Placed[] {
  const rows: Placed[] = [];
  for (const node of nodes) {
    const above = rows[node.parent];
    rows.push({ node, depth: above ? above.depth + 1 : 0, path: `${above ? `${above.path} › ` : ''}${node.service} ${node.name} ${node.kind}` });
  }
  return rows;
}

/** What leaves the spans of an operation. */
export const chipsOf = ({ service, name, kind }: StructureNode): Chip[] => [
  ...(service === '' ? [] : [{ key: 'service.name', operator: '=', value: service } as const]),
  { key: 'name', operator: '=', value: name },
  { key: 'kind', operator: '=', value: kind },
];
