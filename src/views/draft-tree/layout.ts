import type { DraftNode } from './draft-tree';

/** Where a node stands: pixels from the left, and rows from the top. */
export interface Place {
  readonly x: number;
  readonly width: number;
  readonly row: number;
}

export interface TreeLayout {
  readonly places: readonly Place[];
  readonly rows: number;
  /** Pixels. */
  readonly width: number;
}

export interface LayoutOptions {
  /** Pixels that the root takes. */
  readonly root: number;
  /** Pixels between columns. */
  readonly gap: number;
  widthOf(at: number): number;
}

/**
 * From left to right, a column a depth; a row a leaf. The first child stands in its parent's row, and what is kept is
 * first, so that the path that is kept is the first row, to be read as a line.
 */
export function layoutTree(nodes: readonly DraftNode[], { root, gap, widthOf }: LayoutOptions): TreeLayout {
  const children: number[][] = nodes.map(() => []);
  const top: number[] = [];
  const depths: number[] = [];
  const widths: number[] = [];
  for (const [at, { parent, fate }] of nodes.entries()) {
    depths[at] = parent < 0 ? 0 : depths[parent]! + 1;
    widths[depths[at]!] = Math.max(widths[depths[at]!] ?? 0, widthOf(at));
    const siblings = parent < 0 ? top : children[parent]!;
    if (fate === 'accepted' || fate === 'own') siblings.unshift(at);
    else siblings.push(at);
  }
  const starts: number[] = [];
  let width = root;
  for (const [depth, column] of widths.entries()) {
    starts[depth] = width + gap;
    width += gap + column;
  }
  const rowOf = new Array<number>(nodes.length).fill(0);
  let rows = 0;
  const stack = [...top].reverse();
  // Depth first: what follows a node without children begins a row.
  let isFresh = true;
  while (stack.length > 0) {
    const at = stack.pop()!;
    if (isFresh) rows++;
    rowOf[at] = rows - 1;
    isFresh = children[at]!.length === 0;
    stack.push(...[...children[at]!].reverse());
  }
  const places = nodes.map((_, at) => ({ x: starts[depths[at]!]!, width: widthOf(at), row: rowOf[at]! }));
  return { places, rows, width };
}
