import type { DraftNode } from './draft-tree';

/** Where a node stands: pixels from the left, and rows from the top. */
export interface Place {
  readonly x: number;
  readonly width: number;
  readonly row: number;
  /** Beside a sibling in the same row, with which it shares the line to their parent. */
  readonly isBeside: boolean;
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
  /** Pixels between siblings in a row. */
  readonly beside: number;
  /** Pixels that siblings in a row take, at most. */
  readonly most: number;
  widthOf(at: number): number;
}

/**
 * From left to right, a column a depth. The first child stands in its parent's row, and what is kept is first, so that
 * the path that is kept is the first row, to be read as a line. Then come siblings with something behind them, a row
 * each; those with nothing stand side by side.
 */
export function layoutTree(nodes: readonly DraftNode[], options: LayoutOptions): TreeLayout {
  const { root, gap, beside, most, widthOf } = options;
  const children: number[][] = nodes.map(() => []);
  const top: number[] = [];
  const depths: number[] = [];
  const widths: number[] = [];
  for (const [at, { parent }] of nodes.entries()) {
    depths[at] = parent < 0 ? 0 : depths[parent]! + 1;
    widths[depths[at]!] = Math.max(widths[depths[at]!] ?? 0, widthOf(at));
    (parent < 0 ? top : children[parent]!).push(at);
  }
  const starts: number[] = [];
  let width = root;
  for (const [depth, column] of widths.entries()) {
    starts[depth] = width + gap;
    width += gap + column;
  }
  const isKept = (at: number) => nodes[at]!.fate === 'accepted' || nodes[at]!.fate === 'own';
  const rank = (at: number) => (isKept(at) ? 0 : children[at]!.length > 0 ? 1 : 2);
  const places: Place[] = new Array(nodes.length);
  let row = -1;
  // Depth first, without calls: a chain may be as long as it likes.
  const stack: number[][] = [[...top].sort((a, b) => rank(a) - rank(b))];
  let isFresh = true;
  for (let siblings = stack.pop(); siblings; siblings = stack.pop()) {
    const [first, ...others] = siblings;
    if (first === undefined) continue;
    if (isFresh) row++;
    let x = starts[depths[first]!]!;
    places[first] = { x, width: widthOf(first), row, isBeside: false };
    isFresh = children[first]!.length === 0;
    if (rank(first) === 2) {
      const end = x + most;
      while (others.length > 0) {
        const next = others[0]!;
        x += places[siblings[siblings.indexOf(next) - 1]!]!.width + beside;
        if (x + widthOf(next) > end) break;
        places[next] = { x, width: widthOf(next), row, isBeside: true };
        width = Math.max(width, x + widthOf(next));
        others.shift();
      }
    }
    stack.push(others);
    stack.push([...children[first]!].sort((a, b) => rank(a) - rank(b)));
  }
  return { places, rows: row + 1, width };
}
