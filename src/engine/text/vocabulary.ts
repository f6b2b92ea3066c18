import { TokenoscopeError } from '../../core/errors';
import { HASH_SEED, hashBytes, powerOfTwo } from './byte-hash';

/**
 * Tokens as bytes, by id, with look-up in both directions. All tokens lie in one pool: token `id` is
 * `pool[offsets[id], offsets[id + 1])`; an empty range is a hole, an id without a token.
 */
export class Vocabulary {
  readonly pool: Uint8Array;
  readonly offsets: Uint32Array;
  /** Ids are below this. */
  readonly size: number;
  /** Open addressing, two words a slot: hash, id + 1 (0: empty). */
  readonly #table: Int32Array;
  readonly #mask: number;

  /** @param offsets size + 1 entries */
  constructor(pool: Uint8Array, offsets: Uint32Array) {
    this.pool = pool;
    this.offsets = offsets;
    this.size = offsets.length - 1;
    const slots = powerOfTwo(this.size * 2);
    this.#mask = slots - 1;
    this.#table = new Int32Array(slots * 2);
    for (let id = 0; id < this.size; id++) {
      const start = offsets[id]!;
      const end = offsets[id + 1]!;
      if (start === end) continue;
      const hash = hashBytes(pool, start, end);
      let slot = hash & this.#mask;
      while (this.#table[slot * 2 + 1] !== 0) slot = (slot + 1) & this.#mask;
      this.#table[slot * 2] = hash;
      this.#table[slot * 2 + 1] = id + 1;
    }
  }

  /** The id of `bytes[start, end)`, whose finished hash is `hash`; -1 where it is no token. */
  findHashed(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const table = this.#table;
    const mask = this.#mask;
    const { pool, offsets } = this;
    const length = end - start;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = table[slot * 2 + 1]! - 1;
      if (id < 0) return -1;
      if (table[slot * 2] !== hash) continue;
      const offset = offsets[id]!;
      if (offsets[id + 1]! - offset !== length) continue;
      let i = 0;
      while (i < length && pool[offset + i] === bytes[start + i]) i++;
      if (i === length) return id;
    }
  }

  /** The id of `bytes[start, end)`; -1 where it is no token. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.findHashed(hashBytes(bytes, start, end), bytes, start, end);
  }

  /** The id of the bytes of token `first` followed by those of `second`; -1 where they are no token. */
  findJoined(first: number, second: number): number {
    const { pool, offsets } = this;
    const firstStart = offsets[first]!;
    const firstEnd = offsets[first + 1]!;
    const secondStart = offsets[second]!;
    const secondEnd = offsets[second + 1]!;
    let hash = HASH_SEED;
    for (let i = firstStart; i < firstEnd; i++) hash = Math.imul(hash ^ pool[i]!, 0x01000193);
    for (let i = secondStart; i < secondEnd; i++) hash = Math.imul(hash ^ pool[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const cut = firstEnd - firstStart;
    const length = cut + secondEnd - secondStart;
    const table = this.#table;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const id = table[slot * 2 + 1]! - 1;
      if (id < 0) return -1;
      if (table[slot * 2] !== hash) continue;
      const offset = offsets[id]!;
      if (offsets[id + 1]! - offset !== length) continue;
      let i = 0;
      while (i < cut && pool[offset + i] === pool[firstStart + i]) i++;
      while (i < length && pool[offset + i] === pool[secondStart + i - cut]) i++;
      if (i === length) return id;
    }
  }

  /** Bytes of a token, as a view. Empty for a hole or an id out of range. */
  bytesOf(id: number): Uint8Array {
    if (!(Number.isInteger(id) && id >= 0 && id < this.size)) return new Uint8Array(0);
    return this.pool.subarray(this.offsets[id], this.offsets[id + 1]);
  }
}

/** What a compiled vocabulary holds. */
export interface CompiledVocabulary {
  readonly vocabulary: Vocabulary;
  /** Per id: bytes of the left half of its last merge; 0 where the token is no merge. */
  readonly leftLengths: Uint8Array;
}

const MAGIC = 0x31564b54; // 'TKV1'

/**
 * Reads a compiled vocabulary (format: scripts/vocabularies/format.mjs).
 * @throws TokenoscopeError `tokenizer-corrupt` where the bytes are not one
 */
export async function readCompiledVocabulary(name: string, file: Uint8Array): Promise<CompiledVocabulary> {
  const bytes = await gunzip(name, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw damaged(name, 'it does not start as one');
  const count = view.getUint32(4, true);
  const poolStart = 8 + 2 * count;
  if (poolStart > bytes.length) throw damaged(name, 'it ends early');
  const offsets = new Uint32Array(count + 1);
  for (let id = 0; id < count; id++) offsets[id + 1] = offsets[id]! + bytes[8 + id]!;
  if (poolStart + offsets[count]! !== bytes.length) throw damaged(name, 'its length is wrong');
  return {
    vocabulary: new Vocabulary(bytes.subarray(poolStart), offsets),
    leftLengths: bytes.subarray(8 + count, poolStart),
  };
}

/** A compiled file that cannot be read. */
export function damaged(name: string, why: string, cause?: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-corrupt',
    `The vocabulary "${name}" is damaged: ${why}.`,
    'Reload the page to fetch it again.',
    { cause },
  );
}

/** @throws TokenoscopeError `tokenizer-corrupt` */
export async function gunzip(name: string, file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const stream = new Blob([file as Uint8Array<ArrayBuffer>]).stream();
    const plain = new Response(stream.pipeThrough(new DecompressionStream('gzip')));
    return new Uint8Array(await plain.arrayBuffer());
  } catch (cause) {
    throw damaged(name, 'it cannot be unpacked', cause);
  }
}
