import { textOf } from './select-tokens';
import { ADDED, bytesOf, PRESENT, type VocabularyTable } from './vocabulary-table';

/** Tokens that are alike in groups of two or more, by group. */
export interface TokenGroups {
  /** Group after group, the largest first; within one in the order of ids. */
  readonly ids: Uint32Array;
  /** By place in `ids`: how many its group has. */
  readonly sizes: Uint32Array;
}

/**
 * Groups tokens, in steps; yields the share done. Added tokens are left out.
 * @param exact tokens with the same bytes; otherwise those with the same text but for case and a leading space
 */
export function* findDuplicates(table: VocabularyTable, exact: boolean): Generator<number, TokenGroups> {
  const groups = new Map<string, number[]>();
  for (let id = 0; id < table.size; id++) {
    if ((id & 1023) === 1023) yield id / table.size;
    if ((table.flags[id]! & (PRESENT | ADDED)) !== PRESENT) continue;
    const key = exact ? bytesOf(table, id).join() : textOf(table, id)?.replace(/^ /, '').toLowerCase();
    if (key === undefined || key === '') continue;
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  const alike = [...groups.values()].filter(({ length }) => length > 1);
  alike.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  return {
    ids: Uint32Array.from(alike.flat()),
    sizes: Uint32Array.from(alike.flatMap((group) => group.map(() => group.length))),
  };
}
