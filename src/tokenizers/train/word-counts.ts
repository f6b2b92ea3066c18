import { enlarged } from '../../core/enlarged';
import { finishHash, hashBytes } from '../byte-hash';

/**
 * How often each piece of text occurs, as UTF-8 bytes, in the order in which they first occurred. All that a trainer of
 * merges reads of a corpus: its size grows with the different pieces, not with the text.
 */
export class WordCounts {
  #bytes = new Uint8Array(1 << 20);
  #ends = new Uint32Array(1 << 14);
  #counts = new Float64Array(1 << 14);
  #hashes = new Int32Array(1 << 14);
  /** Word + 1 by hash, open addressing; at most half full. */
  #table = new Int32Array(1 << 15);
  #size = 0;
  #total = 0;

  /** Number of different words. */
  get size(): number {
    return this.#size;
  }

  /** Number of words, each as often as it occurred. */
  get total(): number {
    return this.#total;
  }

  /** Bytes of all different words together. */
  get byteLength(): number {
    return this.start(this.#size);
  }

  /** Every word one behind the other; word i is `[start(i), start(i + 1))`. Valid until the next `add`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Where word i begins in `bytes`. */
  start(i: number): number {
    return i === 0 ? 0 : this.#ends[i - 1]!;
  }

  count(i: number): number {
    return this.#counts[i]!;
  }

  /** Counts the word `bytes[start, end)`, `times` times. @returns its place in the list */
  add(bytes: Uint8Array, start: number, end: number, times = 1): number {
    this.#total += times;
    const hash = finishHash(hashBytes(bytes, start, end));
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (; this.#table[slot] !== 0; slot = (slot + 1) & mask) {
      const word = this.#table[slot]! - 1;
      if (this.#hashes[word] === hash && this.#equals(word, bytes, start, end)) {
        this.#counts[word]! += times;
        return word;
      }
    }
    const word = this.#append(bytes, start, end, hash, times);
    this.#table[slot] = word + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return word;
  }

  #equals(word: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.start(word);
    if (this.#ends[word]! - from !== end - start) return false;
    for (let i = from, j = start; j < end; i++, j++) if (this.#bytes[i] !== bytes[j]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number, times: number): number {
    const word = this.#size++;
    const from = this.start(word);
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = enlarged(this.#bytes, Math.max(to, from * 2));
    if (word === this.#ends.length) {
      this.#ends = enlarged(this.#ends);
      this.#counts = enlarged(this.#counts);
      this.#hashes = enlarged(this.#hashes);
    }
    // Copied byte by byte: words are short, and a view of each would cost more.
    for (let i = from, j = start; j < end; i++, j++) this.#bytes[i] = bytes[j]!;
    this.#ends[word] = to;
    this.#counts[word] = times;
    this.#hashes[word] = hash;
    return word;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let word = 0; word < this.#size; word++) {
      let slot = this.#hashes[word]! & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = word + 1;
    }
    this.#table = table;
  }
}
