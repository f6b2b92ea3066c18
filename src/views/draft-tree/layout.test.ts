import { expect, it } from 'vitest';
import type { DraftFate, DraftNode } from './draft-tree';
import { layoutTree } from './layout';

const node = (parent: number, fate: DraftFate = 'unread'): DraftNode => ({ parent, id: 0, fate });

const options = { root: 10, gap: 5, beside: 2, most: 70, widthOf: (at: number) => 20 + at };

it('puts what is kept into the first row, and siblings with nothing behind them side by side', () => {
  //  0 rejected - 2 unread
  //  1 accepted - 4 own
  //             - 3 rejected, 5 unread
  //             - 6 unread (no room beside them)
  const nodes = [
    node(-1, 'rejected'),
    node(-1, 'accepted'),
    node(0),
    node(1, 'rejected'),
    node(1, 'own'),
    node(1),
    node(1),
  ];
  const { places, rows, width } = layoutTree(nodes, options);
  expect(places.map(({ row }) => row)).toEqual([3, 0, 3, 1, 0, 1, 2]);
  expect(places.map(({ x }) => x)).toEqual([15, 15, 41, 41, 41, 41 + 23 + 2, 41]);
  expect(places.map(({ isBeside }) => isBeside)).toEqual([false, false, false, false, false, true, false]);
  expect([rows, width]).toEqual([4, 91]);
});

it('has no rows without drafts, and one for a chain', () => {
  expect(layoutTree([], options)).toEqual({ places: [], rows: 0, width: 10 });
  expect(layoutTree([node(-1), node(0), node(1)], options).rows).toBe(1);
});
