import { expect, it } from 'vitest';
import type { DraftFate, DraftNode } from './draft-tree';
import { layoutTree } from './layout';

const node = (parent: number, fate: DraftFate = 'unread'): DraftNode => ({ parent, id: 0, fate });

it('puts what is kept into the first row, and every other leaf into one of its own', () => {
  //  0 rejected - 2 unread
  //  1 accepted - 3 rejected
  //             - 4 own
  const nodes = [node(-1, 'rejected'), node(-1, 'accepted'), node(0), node(1, 'rejected'), node(1, 'own')];
  const { places, rows, width } = layoutTree(nodes, { root: 10, gap: 5, widthOf: (at) => 20 + at });
  expect(places.map(({ row }) => row)).toEqual([2, 0, 2, 1, 0]);
  expect(places.map(({ x }) => x)).toEqual([15, 15, 41, 41, 41]);
  expect([rows, width]).toEqual([3, 65]);
});

it('has no rows without drafts', () => {
  expect(layoutTree([], { root: 10, gap: 5, widthOf: () => 1 })).toEqual({ places: [], rows: 0, width: 10 });
});
