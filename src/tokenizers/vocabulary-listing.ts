import type { Tokenizer } from '../core/text/tokens';

/** Vocabularies with more ids are not listed: hashes of words as ids, for one. */
const LARGEST = 16_777_216;

/** Whether a tokenizer's ids are few enough to be listed. */
export function hasListing({ vocabularySize }: Tokenizer): boolean {
  return vocabularySize <= LARGEST;
}

/**
 * The canonical listing of a vocabulary (docs/fingerprints.md): of every id that has a token, in ascending order, the id
 * and the number of its bytes as u32 (little-endian), then the bytes that the token has in a text, behind another token.
 * It says nothing of the file that the tokenizer came from. Yields the share done.
 */
export function* listVocabulary(tokenizer: Tokenizer): Generator<number, Uint8Array<ArrayBuffer>> {
  const size = tokenizer.vocabularySize;
  let list = new Uint8Array(Math.max(1024, size * 16));
  let used = 0;
  for (let id = 0; id < size; id++) {
    const bytes = tokenizer.token(id)?.bytes;
    if (bytes) {
      const needed = used + 8 + bytes.length;
      if (needed > list.length) {
        const larger = new Uint8Array(Math.max(needed, 2 * list.length));
        larger.set(list.subarray(0, used));
        list = larger;
      }
      const view = new DataView(list.buffer);
      view.setUint32(used, id, true);
      view.setUint32(used + 4, bytes.length, true);
      list.set(bytes, used + 8);
      used = needed;
    }
    if ((id & 1023) === 1023) yield id / size;
  }
  return list.slice(0, used);
}

/** The entries of a listing, in order. */
function* listedTokens(list: Uint8Array): Generator<{ readonly id: number; readonly bytes: Uint8Array }> {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  for (let at = 0; at + 8 <= list.length; ) {
    const end = at + 8 + view.getUint32(at + 4, true);
    yield { id: view.getUint32(at, true), bytes: list.subarray(at + 8, end) };
    at = end;
  }
}

/** How two vocabularies compare. */
export interface VocabularyComparison {
  /** Tokens of each. */
  readonly first: number;
  readonly second: number;
  /** Same id, same bytes. */
  readonly same: number;
  /** Bytes that both have, under other ids. */
  readonly moved: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** A few tokens of the smaller groups: bytes, and the id in each, null where it has none. */
  readonly examples: readonly {
    readonly bytes: Uint8Array;
    readonly first: number | null;
    readonly second: number | null;
  }[];
}

const EXAMPLES = 12;

/** Compares two listings. */
export function compareListings(first: Uint8Array, second: Uint8Array): VocabularyComparison {
  const decoder = new TextDecoder('latin1');
  const key = (bytes: Uint8Array) => decoder.decode(bytes);
  const ids = new Map<string, Set<number>>();
  let countSecond = 0;
  for (const { id, bytes } of listedTokens(second)) {
    countSecond++;
    const known = ids.get(key(bytes));
    if (known) known.add(id);
    else ids.set(key(bytes), new Set([id]));
  }
  const found = new Set<string>();
  const examples: { bytes: Uint8Array; first: number | null; second: number | null }[] = [];
  const example = (bytes: Uint8Array, one: number | null, other: number | null) => {
    if (examples.length < EXAMPLES) examples.push({ bytes: bytes.slice(), first: one, second: other });
  };
  const counts = { first: 0, same: 0, moved: 0, onlyFirst: 0, onlySecond: 0 };
  for (const { id, bytes } of listedTokens(first)) {
    counts.first++;
    const others = ids.get(key(bytes));
    if (others) found.add(key(bytes));
    if (others?.has(id)) counts.same++;
    else if (others) {
      counts.moved++;
      example(bytes, id, others.values().next().value ?? null);
    } else {
      counts.onlyFirst++;
      example(bytes, id, null);
    }
  }
  for (const { id, bytes } of listedTokens(second)) {
    if (found.has(key(bytes))) continue;
    counts.onlySecond++;
    example(bytes, null, id);
  }
  return { ...counts, second: countSecond, examples };
}
