import { decodeUtf8 } from '../../core/text/utf8';
import { Vocabulary } from '../vocabulary';
import { type Steps, within } from './steps';

/** Beyond this a vocabulary takes gigabytes; the largest known have a million tokens. */
const MOST_TOKENS = 1 << 24;

/** A failure at a byte of the file. */
export type Fail = (what: string, at: number) => Error;

/** Tokens with their ids as a file lists them: collects them in typed arrays and makes a vocabulary of them. */
export class TokenList {
  count = 0;
  readonly #fail: Fail;
  readonly #most: number;
  #pool = new Uint8Array(1 << 16);
  #used = 0;
  /** Per token: where its bytes end in the pool, its id, and its place in the file. */
  #ends = new Uint32Array(1 << 12);
  #ids = new Int32Array(1 << 12);
  #places = new Uint32Array(1 << 12);

  /** @param most more tokens are refused */
  constructor(fail: Fail, most = MOST_TOKENS) {
    this.#fail = fail;
    this.#most = most;
  }

  /**
   * Adds the token `bytes[start, end)`; it may be empty.
   * @param place its byte in the file
   * @throws TokenoscopeError where there are too many, or `id` is none
   */
  add(bytes: Uint8Array, start: number, end: number, id: number, place: number): void {
    if (!(id >= 0 && id <= 0x7fffffff && Number.isInteger(id))) {
      const token = named(bytes.subarray(start, end));
      throw this.#fail(`${token} has the id ${id}, which is not a whole number from 0 to 2147483647`, place);
    }
    const at = this.count++;
    if (at === this.#ends.length) this.#grow(at);
    const used = this.#used;
    if (used + end - start > this.#pool.length) this.#growPool(used + end - start);
    const pool = this.#pool;
    for (let i = start, to = used; i < end; i++) pool[to++] = bytes[i]!;
    this.#used = used + end - start;
    this.#ends[at] = this.#used;
    this.#ids[at] = id;
    this.#places[at] = place;
  }

  /**
   * The vocabulary; the list is used up.
   * @param mayRepeat whether a token may appear twice; look-ups then find the first
   * @throws TokenoscopeError where ids or tokens repeat, or ids lie far beyond the number of tokens
   */
  *finish(mayRepeat: boolean): Steps<Vocabulary> {
    const { size, ascending } = this.#inspect();
    yield 0;
    const { pool, offsets } = ascending ? this.#inOrder(size) : yield* this.#sorted(size);
    const vocabulary = yield* within(0.3, 0.6, Vocabulary.inSteps(pool, offsets, this.#empty()));
    for (let id = 0; id < size && !mayRepeat; id++) {
      if ((id & 4095) === 4095) yield 0.6 + (0.4 * id) / size;
      if (offsets[id] === offsets[id + 1]) continue;
      const first = vocabulary.find(pool, offsets[id]!, offsets[id + 1]!);
      if (first !== id) throw this.#repeatedToken(vocabulary.bytesOf(id), first, id);
    }
    return vocabulary;
  }

  /** The ids of the tokens without bytes. */
  #empty(): Set<number> {
    const empty = new Set<number>();
    for (let i = 0, start = 0; i < this.count; i++) {
      if (this.#ends[i] === start) empty.add(this.#ids[i]!);
      start = this.#ends[i]!;
    }
    return empty;
  }

  #inspect(): { size: number; ascending: boolean } {
    let largest = -1;
    let ascending = true;
    let at = -1;
    for (let i = 0; i < this.count; i++) {
      const id = this.#ids[i]!;
      if (id > largest) {
        largest = id;
        at = i;
      } else ascending = false;
    }
    // Typed arrays have a place for every id.
    if (largest > this.count * 16 + 1_000_000) {
      const rest = `which is far beyond the ${this.count} tokens there are; nothing so sparse is known`;
      throw this.#fail(`${this.#nameOf(at)} has the id ${largest}, ${rest}`, this.#places[at]!);
    }
    return { size: largest + 1, ascending };
  }

  /** Ids ascend, so the pool is in order already and only the holes must be marked. */
  #inOrder(size: number): { pool: Uint8Array; offsets: Uint32Array } {
    const offsets = new Uint32Array(size + 1);
    let id = 0;
    for (let i = 0; i < this.count; i++) {
      const start = i > 0 ? this.#ends[i - 1]! : 0;
      while (id <= this.#ids[i]!) offsets[id++] = start;
      offsets[id] = this.#ends[i]!;
    }
    return { pool: this.#pool.slice(0, this.#used), offsets };
  }

  *#sorted(size: number): Steps<{ pool: Uint8Array; offsets: Uint32Array }> {
    const owners = new Int32Array(size).fill(-1);
    for (let i = 0; i < this.count; i++) {
      const id = this.#ids[i]!;
      const owner = owners[id]!;
      if (owner >= 0) {
        const what = `${this.#nameOf(i)} has the id ${id}, which ${this.#nameOf(owner)} has too`;
        throw this.#fail(what, this.#places[i]!);
      }
      owners[id] = i;
    }
    const pool = new Uint8Array(this.#used);
    const offsets = new Uint32Array(size + 1);
    let used = 0;
    for (let id = 0; id < size; id++) {
      const i = owners[id]!;
      for (let at = i > 0 ? this.#ends[i - 1]! : 0; i >= 0 && at < this.#ends[i]!; at++) {
        pool[used++] = this.#pool[at]!;
      }
      offsets[id + 1] = used;
      if ((id & 16383) === 16383) yield (0.3 * id) / size;
    }
    return { pool, offsets };
  }

  #repeatedToken(bytes: Uint8Array, first: number, second: number): Error {
    const [a, b] = [this.#ids.indexOf(first), this.#ids.indexOf(second)];
    const place = this.#places[Math.max(a, b)]!;
    return this.#fail(`${named(bytes)} appears twice, with the id ${first} and with the id ${second}`, place);
  }

  #nameOf(i: number): string {
    return named(this.#pool.subarray(i > 0 ? this.#ends[i - 1]! : 0, this.#ends[i]!));
  }

  #grow(count: number): void {
    if (count >= this.#most) {
      throw this.#fail(
        `it has more than ${this.#most.toLocaleString('en')} tokens, which would take gigabytes of memory`,
        this.#places[count - 1]!,
      );
    }
    const length = Math.min(this.#most, 2 * count);
    const grow = <T extends Uint32Array | Int32Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    this.#ends = grow(this.#ends, new Uint32Array(length));
    this.#ids = grow(this.#ids, new Int32Array(length));
    this.#places = grow(this.#places, new Uint32Array(length));
  }

  #growPool(needed: number): void {
    const pool = new Uint8Array(Math.max(2 * this.#pool.length, needed));
    pool.set(this.#pool);
    this.#pool = pool;
  }
}

/** A token for people, in quotation marks, cut where it is long. */
export function named(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes.subarray(0, 200));
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
