import { TokenIndex } from '../token-index';
import { BYTE, bytesOf, PRESENT, SPECIAL, type VocabularyTable } from './vocabulary-table';

/** A token that another vocabulary does not have. */
export const NO_ID = 0xffffffff;

/**
 * For each token the id of the one with the same bytes in another vocabulary, `NO_ID` where it has none (and for holes);
 * in steps, yields the share done. Control tokens correspond to control tokens only. Of several with the same bytes (a
 * character and the fallback for its byte) it is the one with the same id, else one of the same kind, else the first.
 */
export function* findCounterparts(
  table: VocabularyTable,
  other: VocabularyTable,
): Generator<number, Uint32Array> {
  const index = new TokenIndex(other.size, (id) =>
    (other.flags[id]! & PRESENT) === 0 ? undefined : bytesOf(other, id),
  );
  const counterparts = new Uint32Array(table.size).fill(NO_ID);
  for (let id = 0; id < table.size; id++) {
    if ((id & 1023) === 1023) yield id / table.size;
    const flags = table.flags[id]!;
    if ((flags & PRESENT) === 0) continue;
    const differs = (one: number, bits: number) => ((other.flags[one]! ^ flags) & bits) !== 0;
    const same = index.idsOf(bytesOf(table, id)).filter((one) => !differs(one, SPECIAL));
    const best = same.find((one) => one === id) ?? same.find((one) => !differs(one, BYTE)) ?? same[0];
    counterparts[id] = best ?? NO_ID;
  }
  return counterparts;
}
