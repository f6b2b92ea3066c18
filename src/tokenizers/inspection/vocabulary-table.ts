import { enlarged } from '../../core/enlarged';
import type { Tokenizer } from '../../core/text/tokens';
import { type TokenScripts, tokenScripts } from './token-scripts';
import { utf8Fault } from './utf8-parts';

/** What a token is, as bits. */
export const SPECIAL = 1;
export const ADDED = 2;
/** Stands for one byte, whatever character that is a part of. */
export const BYTE = 4;
/** Holds a part of a character, so that it has no text of its own. */
export const PART = 8;
/** Begins with a space. */
export const SPACE_FIRST = 16;
/** There is a token with this id. */
export const PRESENT = 32;

/** A vocabulary, read once, in typed arrays by id. */
export interface VocabularyTable {
  /** Ids are below this. */
  readonly size: number;
  /** Ids that have a token. */
  readonly count: number;
  /** Token `id` is `pool[offsets[id], offsets[id + 1])`. */
  readonly pool: Uint8Array;
  readonly offsets: Uint32Array;
  readonly flags: Uint8Array;
  /** By id: a place in `scriptNames`. */
  readonly scripts: Uint8Array;
  readonly scriptNames: readonly string[];
}

/** Most ids of a vocabulary that is read whole. */
const LARGEST = 16_777_216;

const BYTE_NAME = /^<0x[0-9A-F]{2}>$/;

/** Whether a tokenizer's ids are few enough to be listed: words as ids, for one, are not. */
export function hasVocabulary({ vocabularySize }: Tokenizer): boolean {
  return vocabularySize <= LARGEST;
}

/** Reads a vocabulary in steps; yields the share done. */
export function* tabulate(tokenizer: Tokenizer): Generator<number, VocabularyTable> {
  const size = tokenizer.vocabularySize;
  const offsets = new Uint32Array(size + 1);
  const flags = new Uint8Array(size);
  let pool = new Uint8Array(Math.max(1024, size * 8));
  let used = 0;
  let count = 0;
  let hasByteNames = false;
  let hasLooseBytes = false;
  for (let id = 0; id < size; id++) {
    const token = tokenizer.token(id);
    if (token) {
      const { bytes, name, special, added } = token;
      if (used + bytes.length > pool.length)
        pool = enlarged(pool, Math.max(used + bytes.length, 2 * pool.length));
      pool.set(bytes, used);
      used += bytes.length;
      count++;
      let flag = PRESENT;
      if (special) flag |= SPECIAL | ADDED;
      if (added) flag |= ADDED;
      if (bytes[0] === 0x20) flag |= SPACE_FIRST;
      if ((flag & ADDED) === 0) {
        if (utf8Fault(bytes)) flag |= PART;
        if (BYTE_NAME.test(name)) {
          flag |= BYTE;
          hasByteNames = true;
        } else if (bytes.length === 1 && bytes[0]! >= 0x80) hasLooseBytes = true;
      }
      flags[id] = flag;
    }
    offsets[id + 1] = used;
    if ((id & 1023) === 1023) yield (0.8 * id) / size;
  }
  // Without names of their own, every single byte is a token of a byte-level vocabulary.
  if (hasLooseBytes && !hasByteNames) {
    for (let id = 0; id < size; id++) {
      if (offsets[id + 1]! - offsets[id]! === 1 && (flags[id]! & ADDED) === 0) flags[id]! |= BYTE;
    }
  }
  pool = pool.subarray(0, used);
  const scripts: TokenScripts = yield* tokenScripts(pool, offsets, flags);
  return { size, count, pool, offsets, flags, ...scripts };
}

/** The bytes of a token; empty for a hole. */
export function bytesOf({ pool, offsets }: VocabularyTable, id: number): Uint8Array {
  return pool.subarray(offsets[id]!, offsets[id + 1]!);
}
