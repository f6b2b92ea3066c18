import { TokenoscopeError } from '../core/errors';
import { finishHash, HASH_BASE, hashBytes, hashPowers, powerOfTwo } from './byte-hash';

/**
 * Tokens as bytes, by id, with look-up in both directions. All tokens lie in one pool: token `id` is
 * `pool[offsets[id], offsets[id + 1])`; an empty range is a hole, an id without a token.
 */
export class Vocabulary {
  readonly pool: Uint8Array;
  readonly offsets: Uint32Array;
  /** Ids are below this. */
  readonly size: number;
  /** The ids whose token is there, but empty. */
  readonly empty: ReadonlySet<number>;
  /** Bytes of the longest token. */
  readonly longest: number;
  /** Powers of the hash's base, up to `longest` and at least 16. */
  readonly powers: Int32Array;
  /** Hash of every token (see byte-hash.ts), not finished. */
  readonly #hashes: Int32Array;
  /** Open addressing, one word a slot: id + 1 in the lower bits (0: empty), bits of the hash in the upper ones. */
  readonly #table: Int32Array;
  readonly #mask: number;
  readonly #idBits: number;
  /** One bit for each hash modulo its length: most look-ups fail, and this lets them fail within the CPU's cache. */
  readonly #filter: Int32Array;
  readonly #filterMask: number;

  /**
   * @param offsets size + 1 entries
   * @param empty ids without bytes that are no holes
   * @param later leaves the tables empty, for `inSteps`
   */
  constructor(pool: Uint8Array, offsets: Uint32Array, empty: ReadonlySet<number> = new Set(), later = false) {
    this.pool = pool;
    this.empty = empty;
    this.offsets = offsets;
    this.size = offsets.length - 1;
    const size = this.size;
    const slots = powerOfTwo(Math.max(16, size * 2));
    this.#mask = slots - 1;
    this.#idBits = (1 << (32 - Math.clz32(size))) - 1;
    this.#filterMask = Math.min(slots * 4, 2 ** 30) - 1;
    this.#hashes = new Int32Array(size);
    this.#table = new Int32Array(slots);
    this.#filter = new Int32Array((this.#filterMask + 1) >>> 5);
    let longest = 0;
    for (let id = 0; id < size; id++) longest = Math.max(longest, offsets[id + 1]! - offsets[id]!);
    this.longest = longest;
    this.powers = hashPowers(Math.max(longest, 16));
    if (!later) this.#insert(0, size);
  }

  /** The same in small steps, for vocabularies of any size; yields the share done. */
  static *inSteps(
    pool: Uint8Array,
    offsets: Uint32Array,
    empty?: ReadonlySet<number>,
  ): Generator<number, Vocabulary> {
    const vocabulary = new Vocabulary(pool, offsets, empty, true);
    const { size } = vocabulary;
    for (let id = 0; id < size; id += 8192) {
      vocabulary.#insert(id, Math.min(size, id + 8192));
      yield id / size;
    }
    return vocabulary;
  }

  #insert(from: number, to: number): void {
    const { pool, offsets } = this;
    const hashes = this.#hashes;
    const table = this.#table;
    const filter = this.#filter;
    const mask = this.#mask;
    const idBits = this.#idBits;
    const filterMask = this.#filterMask;
    let start = offsets[from]!;
    for (let id = from; id < to; id++) {
      const end = offsets[id + 1]!;
      if (start === end) continue;
      let raw = 0;
      for (let i = start; i < end; i++) raw = (Math.imul(raw, HASH_BASE) + pool[i]!) | 0;
      hashes[id] = raw;
      start = end;
      const hash = finishHash(raw);
      filter[(hash & filterMask) >>> 5]! |= 1 << (hash & 31);
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = (hash & ~idBits) | (id + 1);
    }
  }

  /** The id of `bytes[start, end)`, whose hash is `raw`; -1 where it is not a token. */
  findHashed(raw: number, bytes: Uint8Array, start: number, end: number): number {
    const hash = finishHash(raw);
    if (((this.#filter[(hash & this.#filterMask) >>> 5]! >>> (hash & 31)) & 1) === 0) return -1;
    const table = this.#table;
    const mask = this.#mask;
    const idBits = this.#idBits;
    const { pool, offsets } = this;
    const length = end - start;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = table[slot]!;
      if (entry === 0) return -1;
      if (((entry ^ hash) & ~idBits) !== 0) continue;
      const id = (entry & idBits) - 1;
      const offset = offsets[id]!;
      if (offsets[id + 1]! - offset !== length) continue;
      let i = 0;
      while (i < length && pool[offset + i] === bytes[start + i]) i++;
      if (i === length) return id;
    }
  }

  /** The id of `bytes[start, end)`; -1 where it is not a token. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.findHashed(hashBytes(bytes, start, end), bytes, start, end);
  }

  /** The id of the bytes of token `first` followed by those of `second`; -1 where they are not a token. */
  findJoined(first: number, second: number): number {
    const { offsets } = this;
    const secondStart = offsets[second]!;
    const secondLength = offsets[second + 1]! - secondStart;
    const hash = finishHash(
      (Math.imul(this.#hashes[first]!, this.powers[secondLength]!) + this.#hashes[second]!) | 0,
    );
    if (((this.#filter[(hash & this.#filterMask) >>> 5]! >>> (hash & 31)) & 1) === 0) return -1;
    const table = this.#table;
    const mask = this.#mask;
    const idBits = this.#idBits;
    const { pool } = this;
    const firstStart = offsets[first]!;
    const cut = offsets[first + 1]! - firstStart;
    const length = cut + secondLength;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = table[slot]!;
      if (entry === 0) return -1;
      if (((entry ^ hash) & ~idBits) !== 0) continue;
      const id = (entry & idBits) - 1;
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
  /** Per id: bytes of the left half of its last merge; 0 where no merge makes the token. */
  readonly leftLengths: Uint8Array | Uint16Array;
  /** Whether tokens are made of tokens of lower rank only. */
  readonly isOrdered: boolean;
}

/** How a compiled vocabulary begins: 'TKV1'; 'TKV2', with flags. */
export const PLAIN = 0x31564b54;
export const FLAGGED = 0x32564b54;
/** Flags: lengths are u16; tokens may be made of tokens of higher rank. */
export const WIDE = 1;
export const UNORDERED = 2;

/**
 * Reads a compiled vocabulary (format: compiled/rank-format.ts).
 * @throws TokenoscopeError `tokenizer-corrupt` where the bytes are not one
 */
export async function readCompiledVocabulary(name: string, file: Uint8Array): Promise<CompiledVocabulary> {
  const bytes = await gunzip(name, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length < 12 ? 0 : view.getUint32(0, true);
  if (magic !== PLAIN && magic !== FLAGGED) throw damaged(name, 'it does not start as one');
  const count = view.getUint32(4, true);
  const flags = magic === FLAGGED ? view.getUint32(8, true) : 0;
  const first = magic === FLAGGED ? 12 : 8;
  const width = flags & WIDE ? 2 : 1;
  const poolStart = first + 2 * width * count;
  if (poolStart > bytes.length) throw damaged(name, 'it ends early');
  const column = (start: number) =>
    width === 1
      ? bytes.subarray(start, start + count)
      : Uint16Array.from({ length: count }, (_, id) => view.getUint16(start + 2 * id, true));
  const lengths = column(first);
  const leftLengths = column(first + width * count);
  const offsets = new Uint32Array(count + 1);
  const empty = new Set<number>();
  for (let id = 0; id < count; id++) {
    offsets[id + 1] = offsets[id]! + lengths[id]!;
    if (lengths[id] === 0 && leftLengths[id] !== 0) empty.add(id);
  }
  if (poolStart + offsets[count]! !== bytes.length) throw damaged(name, 'its length is wrong');
  const vocabulary = new Vocabulary(bytes.subarray(poolStart), offsets, empty);
  return { vocabulary, leftLengths, isOrdered: (flags & UNORDERED) === 0 };
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

/**
 * A compiled file, unpacked; one that is unpacked already is taken as it is.
 * @throws TokenoscopeError `tokenizer-corrupt`
 */
export async function gunzip(name: string, file: Uint8Array): Promise<Uint8Array> {
  if (file[0] !== 0x1f || file[1] !== 0x8b) return file;
  try {
    // gzip ends with the plain length; deflate gains at most a factor of 1032.
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const length = view.getUint32(file.length - 4, true);
    if (length > file.length * 1032) throw new RangeError('it ends early');
    const plain = new Uint8Array(length);
    // Directly through the stream: wrapping it in a Blob and a Response costs Node more than the unpacking.
    const { readable, writable } = new DecompressionStream('gzip');
    const writer = writable.getWriter();
    const written = writer.write(file as Uint8Array<ArrayBuffer>).then(() => writer.close());
    let count = 0;
    const read = async () => {
      const reader = readable.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        plain.set(value, count);
        count += value.length;
      }
    };
    await Promise.all([read(), written]);
    if (count !== length) throw new RangeError('it has another length than it says');
    return plain;
  } catch (cause) {
    throw damaged(name, 'it cannot be unpacked', cause);
  }
}
