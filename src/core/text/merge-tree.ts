import type { NamedToken, OwnMerge } from './token-explanation';

/** A token of a merge tree, placed: `x` is its middle and `level` 0 for those that nothing is drawn below. */
export interface TreeNode extends NamedToken {
  /** Of the merge that made it; absent for symbols. */
  readonly rank: number | undefined;
  /** Whether it was made of parts that are not drawn. */
  readonly isFolded: boolean;
  readonly x: number;
  readonly width: number;
  readonly level: number;
  /** Places of its two halves in the list of nodes; absent where none are drawn. */
  readonly halves: readonly [number, number] | undefined;
}

/** A tree to draw; the token itself is the last node. */
export interface MergeTree {
  readonly nodes: readonly TreeNode[];
  readonly width: number;
  /** The root's level. */
  readonly levels: number;
}

interface Node extends NamedToken {
  readonly rank?: number;
  readonly left?: Node;
  readonly right?: Node;
  readonly size: number;
}

/**
 * Places the merges that made a token as a tree: symbols from left to right, the token on top.
 * @param widthOf the width of a name's box, in the unit of the result
 * @param most boxes in a row; of larger trees the largest parts are opened, and the rest stays folded
 */
export function mergeTree(
  symbols: readonly NamedToken[],
  merges: readonly OwnMerge[],
  widthOf: (name: string) => number,
  most: number,
): MergeTree {
  const now: Node[] = symbols.map(({ id, name }) => ({ id, name, size: 1 }));
  for (const { id, name, rank, left, right } of merges) {
    const halves = { left: now[left]!, right: now[right]! };
    now[left] = { id, name, rank, ...halves, size: halves.left.size + halves.right.size };
  }
  const open = opened(now[0]!, most);
  const nodes: TreeNode[] = [];
  let width = 0;
  const place = (node: Node): number => {
    const { id, name, rank, left, right } = node;
    if (!left || !right || !open.has(node)) {
      const own = widthOf(name);
      const x = width + own / 2;
      width += own;
      return (
        nodes.push({
          ...{ id, name, rank, x, width: own, level: 0, halves: undefined },
          isFolded: left !== undefined,
        }) - 1
      );
    }
    const first = place(left);
    const second = place(right);
    const [a, b] = [nodes[first]!, nodes[second]!];
    const level = Math.max(a.level, b.level) + 1;
    const x = (a.x + b.x) / 2;
    const halves = [first, second] as const;
    return nodes.push({ id, name, rank, x, width: widthOf(name), level, halves, isFolded: false }) - 1;
  };
  place(now[0]!);
  return { nodes, width, levels: nodes.at(-1)!.level };
}

/** The nodes whose halves are drawn: the largest first, as long as there is room for one more box. */
function opened(root: Node, most: number): ReadonlySet<Node> {
  const open = new Set<Node>();
  const front = [root];
  while (front.length < most) {
    let at = -1;
    front.forEach((node, i) => {
      if (node.left && (at < 0 || node.size > front[at]!.size)) at = i;
    });
    const node = front[at];
    if (!node?.left || !node.right) return open;
    open.add(node);
    front.splice(at, 1, node.left, node.right);
  }
  return open;
}
