/** Places for the nodes of a graph of calls: layers from where requests enter to what calls nothing, with few crossings. */

export interface Link {
  readonly client: string;
  readonly server: string;
  readonly rate: number;
}

export interface Placed {
  readonly name: string;
  readonly layer: number;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly nodes: ReadonlyMap<string, Placed>;
  /** Where a call passes the layers between its ends, in their order: the middle of a gap kept free for it. Keyed by client and server. */
  readonly passes: ReadonlyMap<string, readonly { readonly x: number; readonly y: number }[]>;
  readonly width: number;
  readonly height: number;
}

export interface Measures {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** The least space between layers, and between nodes of a layer. */
  readonly betweenLayers: number;
  readonly betweenNodes: number;
  readonly margin: number;
  /** The field to be filled, if the graph is smaller. */
  readonly width: number;
  readonly height: number;
}

const SWEEPS = 12;

/** The height that is kept free for a call that passes a layer. */
const PASS = 14;

export const linkKey = (link: { client: string; server: string }) => `${link.client}>${link.server}`;

/** The layer of each node: one behind the last of its callers. A call that closes a cycle, the weakest first, does not count. */
export function layersOf(names: readonly string[], links: readonly Link[]): Map<string, number> {
  const servers = new Map<string, string[]>(names.map((name) => [name, []]));
  const into = new Map<string, number>(names.map((name) => [name, 0]));
  for (const link of acyclic(names, links)) {
    servers.get(link.client)?.push(link.server);
    into.set(link.server, (into.get(link.server) ?? 0) + 1);
  }
  const layers = new Map(names.map((name) => [name, 0]));
  const ready = names.filter((name) => into.get(name) === 0);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    for (const server of servers.get(name) ?? []) {
      layers.set(server, Math.max(layers.get(server) ?? 0, (layers.get(name) ?? 0) + 1));
      const left = (into.get(server) ?? 1) - 1;
      into.set(server, left);
      if (left === 0) ready.push(server);
    }
  }
  return layers;
}

/** The calls that close no cycle, taken from the strongest to the weakest. */
function acyclic(names: readonly string[], links: readonly Link[]): Link[] {
  const known = new Set(names);
  const servers = new Map<string, string[]>();
  const kept: Link[] = [];
  const reaches = (from: string, to: string) => {
    const seen = new Set([from]);
    const stack = [from];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === to) return true;
      for (const next of servers.get(at) ?? []) if (!seen.has(next)) stack.push((seen.add(next), next));
    }
    return false;
  };
  for (const link of [...links].sort((one, other) => other.rate - one.rate)) {
    if (!known.has(link.client) || !known.has(link.server) || reaches(link.server, link.client)) continue;
    kept.push(link);
    servers.set(link.client, [...(servers.get(link.client) ?? []), link.server]);
  }
  return kept;
}

/** Orders each layer by the mean place of its neighbours, back and forth, so that few edges cross. */
function orderOf(names: readonly string[], links: readonly Link[], layers: ReadonlyMap<string, number>): string[][] {
  const rows: string[][] = [];
  for (const name of names) (rows[layers.get(name) ?? 0] ??= []).push(name);
  const neighbours = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { client, server } of links) {
    if (client === server) continue;
    neighbours.get(client)?.push(server);
    neighbours.get(server)?.push(client);
  }
  const place = new Map<string, number>();
  const settle = (row: readonly string[]) => row.forEach((name, index) => place.set(name, (index + 0.5) / row.length));
  rows.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const row of forward ? rows : [...rows].reverse()) {
      const layer = layers.get(row[0] ?? '') ?? 0;
      const centre = new Map(
        row.map((name) => {
          const beside = (neighbours.get(name) ?? []).filter((other) => (forward ? (layers.get(other) ?? 0) < layer : (layers.get(other) ?? 0) > layer));
          const own = place.get(name) ?? 0;
          return [name, beside.length === 0 ? own : beside.reduce((sum, other) => sum + (place.get(other) ?? 0), 0) / beside.length];
        }),
      );
      row.sort((one, other) => (centre.get(one) ?? 0) - (centre.get(other) ?? 0));
      settle(row);
    }
  }
  return rows;
}

/** Calls cut into pieces of one layer each, with a name for each place where they pass one. */
function pieces(links: readonly Link[], layers: Map<string, number>) {
  const cut: Link[] = [];
  const passing = new Map<string, string[]>();
  for (const link of links) {
    const [from, to] = [layers.get(link.client), layers.get(link.server)];
    if (from === undefined || to === undefined) continue;
    const names: string[] = [];
    for (let layer = from + 1; layer < to; layer++) {
      const name = `${linkKey(link)}\n${layer}`;
      layers.set(name, layer);
      names.push(name);
    }
    if (names.length > 0) passing.set(linkKey(link), names);
    const stops = [link.client, ...names, link.server];
    for (let index = 1; index < stops.length; index++) cut.push({ client: stops[index - 1] ?? '', server: stops[index] ?? '', rate: link.rate });
  }
  return { cut, passing };
}

export function layout(names: readonly string[], links: readonly Link[], measures: Measures): Layout {
  const { nodeWidth, nodeHeight, betweenLayers, betweenNodes, margin } = measures;
  const layers = layersOf(names, links);
  const { cut, passing } = pieces(links, layers);
  const rows = orderOf([...layers.keys()], cut, layers);
  const own = new Set(names);
  const heightOf = (name: string) => (own.has(name) ? nodeHeight : PASS);
  const needed = (row: readonly string[]) => row.reduce((sum, name) => sum + heightOf(name), 0);
  const width = Math.max(measures.width, 2 * margin + rows.length * nodeWidth + (rows.length - 1) * betweenLayers);
  const height = Math.max(measures.height, ...rows.map((row) => 2 * margin + needed(row) + (row.length - 1) * betweenNodes));
  const step = rows.length > 1 ? (width - 2 * margin - nodeWidth) / (rows.length - 1) : 0;
  const nodes = new Map<string, Placed>();
  rows.forEach((row, layer) => {
    const gap = (height - 2 * margin - needed(row)) / row.length;
    let y = margin + gap / 2;
    for (const name of row) {
      nodes.set(name, { name, layer, x: rows.length > 1 ? margin + layer * step : (width - nodeWidth) / 2, y });
      y += heightOf(name) + gap;
    }
  });
  drawTogether(rows, cut, nodes, heightOf, { ...measures, height });
  const passes = new Map(
    [...passing].map(([key, stops]) => [key, stops.map((stop) => ({ x: (nodes.get(stop)?.x ?? 0) + nodeWidth / 2, y: (nodes.get(stop)?.y ?? 0) + PASS / 2 }))]),
  );
  return { nodes: new Map([...nodes].filter(([name]) => own.has(name))), passes, width, height };
}

/** Moves what shares a layer half the way to the middle of what it is linked with, in its order and apart from each other. */
function drawTogether(rows: readonly (readonly string[])[], links: readonly Link[], nodes: Map<string, Placed>, heightOf: (name: string) => number, { betweenNodes, margin, height }: Measures) {
  const middle = (name: string) => (nodes.get(name)?.y ?? 0) + heightOf(name) / 2;
  const beside = new Map<string, string[]>([...nodes.keys()].map((name) => [name, []]));
  for (const { client, server } of links) {
    if (client === server) continue;
    beside.get(client)?.push(server);
    beside.get(server)?.push(client);
  }
  for (const row of rows.filter((one) => one.length > 1)) {
    let top = margin;
    const wanted = row.map((name) => {
      const others = beside.get(name) ?? [];
      const mean = others.length === 0 ? middle(name) : others.reduce((sum, other) => sum + middle(other), 0) / others.length;
      const y = Math.max(top, (middle(name) + mean - heightOf(name)) / 2);
      top = y + heightOf(name) + betweenNodes;
      return y;
    });
    let bottom = height - margin;
    for (let index = row.length - 1; index >= 0; index--) {
      const name = row[index] ?? '';
      const y = Math.min(wanted[index] ?? 0, bottom - heightOf(name));
      bottom = y - betweenNodes;
      const node = nodes.get(name);
      if (node) nodes.set(name, { ...node, y });
    }
  }
}

/** The nodes within so many calls of one, in either direction, with itself. */
export function near(name: string, links: readonly Link[], steps: number): Set<string> {
  const found = new Set([name]);
  for (let step = 0; step < steps; step++) {
    for (const one of [...found]) {
      for (const { client, server } of links) {
        if (client === one) found.add(server);
        if (server === one) found.add(client);
      }
    }
  }
  return found;
}

/** All that calls a node, directly or through others, the nearest first. */
export function callersOf(name: string, links: readonly Link[]): string[] {
  const found = new Set<string>();
  let layer = [name];
  while (layer.length > 0) {
    const next = layer.flatMap((one) => links.filter((link) => link.server === one && link.client !== name && !found.has(link.client)).map((link) => link.client));
    layer = [...new Set(next)];
    layer.forEach((one) => found.add(one));
  }
  return [...found];
}
