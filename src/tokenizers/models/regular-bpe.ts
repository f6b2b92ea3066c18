import { Vocabulary } from '../vocabulary';
import type { BpeModel } from './bpe';
import { utf8LengthOfLead } from './utf8-points';

/** The replacement of U+2581 in renumbered tokens. */
export const SPACE = 0x20;

/** A BPE model whose merges are known to be regular: one for each token, of halves that came before. */
export interface RegularBpe {
  readonly model: BpeModel;
  /** Bytes of the left half by id; 0 where there is none. */
  readonly leftLengths: Uint8Array;
  /** Ids of regular merges in the order of their ranks. */
  readonly order: Int32Array;
  /** Ids of tokens that several merges make. */
  readonly irregular: ReadonlySet<number>;
}

/** Single characters first, then tokens in the order of their merges; marks as spaces. */
export function renumbered({ model, leftLengths, order, irregular }: RegularBpe) {
  const { pool, offsets, size } = model.vocabulary;
  const ids: number[] = [];
  for (let id = 0; id < size; id++) {
    const start = offsets[id]!;
    const length = offsets[id + 1]! - start;
    if (length > 0 && utf8LengthOfLead(pool[start]!) === length && !irregular.has(id)) ids.push(id);
  }
  const bases = ids.length;
  const all = new Uint32Array(bases + order.length);
  all.set(ids);
  all.set(order, bases);
  const bytes = new Uint8Array(pool.length);
  const ends = new Uint32Array(all.length + 1);
  const lefts = new Uint8Array(all.length);
  let used = 0;
  for (let i = 0; i < all.length; i++) {
    const id = all[i]!;
    const start = offsets[id]!;
    const end = offsets[id + 1]!;
    const middle = start + leftLengths[id]!;
    const first = used;
    for (let at = start; at < end; ) {
      if (at === middle && at > start) lefts[i] = used - first;
      if (pool[at] === 0xe2 && pool[at + 1] === 0x96 && pool[at + 2] === 0x81) {
        bytes[used++] = SPACE;
        at += 3;
      } else bytes[used++] = pool[at++]!;
    }
    ends[i + 1] = used;
  }
  const vocabulary = new Vocabulary(bytes.slice(0, used), ends);
  return { ids: all, bases, vocabulary, leftLengths: lefts };
}
