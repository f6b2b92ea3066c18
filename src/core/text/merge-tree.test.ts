import { describe, expect, it } from 'vitest';
import { mergeTree } from './merge-tree';
import type { NamedToken, OwnMerge } from './token-explanation';

/** Merges that join the symbols of a word from the left, one after another. */
function fromLeft(word: string): [NamedToken[], OwnMerge[]] {
  const symbols = Array.from(word, (name, id) => ({ id, name }));
  const merges = symbols.slice(1).map((_, i) => {
    return { id: 100 + i, name: word.slice(0, i + 2), rank: i, left: 0, right: i + 1 };
  });
  return [symbols, merges];
}

const ten = () => 10;

describe('mergeTree', () => {
  it('puts symbols side by side, each token over its halves, and the whole on top', () => {
    const merges = [
      { id: 4, name: 'cd', rank: 3, left: 2, right: 3 },
      { id: 5, name: 'ab', rank: 7, left: 0, right: 1 },
      { id: 6, name: 'abcd', rank: 9, left: 0, right: 2 },
    ];
    const symbols = [...'abcd'].map((name, id) => ({ id, name }));
    const { nodes, width, levels } = mergeTree(symbols, merges, ten, 24);
    expect(nodes.map(({ name }) => name)).toEqual(['a', 'b', 'ab', 'c', 'd', 'cd', 'abcd']);
    expect(nodes.map(({ x }) => x)).toEqual([5, 15, 10, 25, 35, 30, 20]);
    expect(nodes.map(({ level }) => level)).toEqual([0, 0, 1, 0, 0, 1, 2]);
    expect(nodes.map(({ rank }) => rank)).toEqual([undefined, undefined, 7, undefined, undefined, 3, 9]);
    expect(nodes.at(-1)!.halves).toEqual([2, 5]);
    expect([width, levels]).toEqual([40, 2]);
  });

  it('folds the smaller parts of a large token', () => {
    const [symbols, merges] = fromLeft('a'.repeat(40));
    const { nodes, width } = mergeTree(symbols, merges, ten, 8);
    expect(nodes.filter(({ halves }) => !halves)).toHaveLength(8);
    expect(nodes.filter(({ isFolded }) => isFolded).map(({ name }) => name)).toEqual(['a'.repeat(33)]);
    expect(width).toBe(80);
  });

  it('draws a single merge, and a symbol alone', () => {
    expect(mergeTree(...fromLeft('ab'), ten, 24).levels).toBe(1);
    expect(mergeTree(...fromLeft('a'), ten, 24)).toMatchObject({ levels: 0, width: 10 });
  });
});
