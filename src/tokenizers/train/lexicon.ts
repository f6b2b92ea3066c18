import { enlarged } from '../../core/enlarged';
import { finishHash, pairHash } from '../byte-hash';
import type { Characters } from './characters';

/** The two longest chunks that a text begins with at some place, in characters; 0 for none. */
export interface Matches {
  readonly longest: number;
  readonly second: number;
  /** The chunks themselves; empty for none. */
  readonly chunk: string;
  readonly secondChunk: string;
}

/** The lexicon of Less-is-Better: chunks in the order of their use, the best one first, and found by what they begin with. */
export class Lexicon {
  #chunks: string[] = [];
  /** Places in the list as of the last `settle`. */
  #places = new Map<string, number>();
  readonly #beginnings = new Beginnings();

  get size(): number {
    return this.#chunks.length;
  }

  /** Best first. */
  get chunks(): readonly string[] {
    return this.#chunks;
  }

  has(chunk: string): boolean {
    return this.#places.has(chunk);
  }

  /** The place of a chunk, from 0, as of the last change of order or the end of the list. */
  placeOf(chunk: string): number | undefined {
    return this.#places.get(chunk);
  }

  /** Adds a new chunk at the end. */
  append(chunk: string): void {
    this.#beginnings.add(chunk, 1);
    this.#places.set(chunk, this.#chunks.push(chunk) - 1);
  }

  /** @returns what holds until the next call */
  match(characters: Characters, from: number): Matches {
    return this.#beginnings.match(characters.points, from);
  }

  /** Removes chunks; those that are not here are ignored. */
  remove(chunks: Iterable<string>): void {
    let removed = 0;
    for (const chunk of chunks) {
      if (!this.#places.delete(chunk)) continue;
      this.#beginnings.add(chunk, -1);
      removed++;
    }
    if (removed === 0) return;
    this.#chunks = this.#chunks.filter((chunk) => this.#places.has(chunk));
    this.#settle();
  }

  /**
   * Moves chunks, in turn, by a share of their place and one: towards the head where they are rewarded, else towards
   * the tail. The first one stays first; what is moved beyond the end is removed.
   * @param rate share of the place
   */
  move(verdicts: readonly { readonly chunk: string; readonly isReward: boolean }[], rate: number): void {
    const names = this.#chunks;
    // Places move a lot: of numbers, which are fast to find and to shift, and not of strings.
    const list = Int32Array.from(names.keys());
    const noted = Int32Array.from(names.keys());
    let size = names.length;
    let pulled = 0;
    for (const { chunk, isReward } of verdicts) {
      const id = this.#places.get(chunk);
      if (id === undefined) continue;
      // Moves to the tail have pulled others forward since the places were noted.
      const place = list.indexOf(id, Math.max(0, noted[id]! - pulled));
      if (place <= 0) continue;
      const distance = Math.floor(place * rate) + 1;
      if (isReward) {
        const to = Math.max(0, place - distance);
        list.copyWithin(to + 1, to, place);
        list[to] = id;
        noted[id] = to;
        continue;
      }
      pulled++;
      const to = place + distance;
      if (to < size) {
        list.copyWithin(place, place + 1, to + 1);
        list[to] = id;
        noted[id] = to;
      } else {
        list.copyWithin(place, place + 1, size);
        list[--size] = -1;
        this.#places.delete(chunk);
        this.#beginnings.add(chunk, -1);
      }
    }
    this.#chunks = Array.from(list.subarray(0, size), (id) => names[id]!);
    this.#settle();
  }

  #settle(): void {
    for (let place = 0; place < this.#chunks.length; place++) this.#places.set(this.#chunks[place]!, place);
  }
}

/** What chunks begin with: a tree of their characters. */
class Beginnings {
  /** By node: whether chunks end here, and how many go on below or end here. Node 0 is the empty beginning. */
  #ends = new Uint8Array(1 << 12);
  #live = new Int32Array(1 << 12);
  /** By node: the chunk that ends here, as one and the same string, so that its hash is computed once. */
  readonly #names: string[] = [''];
  #size = 1;
  /** The steps from node to node, by hash, open addressing, at most half full: 0 for none, as no step leads to node 0. */
  #from = new Int32Array(1 << 13);
  #points = new Int32Array(1 << 13);
  #to = new Int32Array(1 << 13);
  readonly #found = { longest: 0, second: 0, chunk: '', secondChunk: '' };

  match(points: Int32Array, start: number): Matches {
    const found = this.#found;
    found.longest = 0;
    found.second = 0;
    let longest = 0;
    let second = 0;
    let node = 0;
    for (let at = start; at < points.length; at++) {
      node = this.#to[this.#slotOf(node, points[at]!)]!;
      if (node === 0 || this.#live[node] === 0) break;
      if (this.#ends[node] === 0) continue;
      found.second = found.longest;
      found.longest = at + 1 - start;
      second = longest;
      longest = node;
    }
    found.chunk = this.#names[longest]!;
    found.secondChunk = this.#names[second]!;
    return found;
  }

  /** @param change 1 for a new chunk, -1 for one that goes: its nodes stay for those that come back */
  add(chunk: string, change: 1 | -1): void {
    let node = 0;
    for (const character of chunk) {
      node = this.#step(node, character.codePointAt(0)!);
      this.#live[node]! += change;
    }
    this.#ends[node]! += change;
    this.#names[node] ||= chunk;
  }

  #step(node: number, point: number): number {
    const slot = this.#slotOf(node, point);
    const known = this.#to[slot]!;
    if (known !== 0) return known;
    const next = this.#size++;
    this.#names.push('');
    if (next === this.#live.length) {
      this.#live = enlarged(this.#live);
      this.#ends = enlarged(this.#ends);
    }
    this.#from[slot] = node;
    this.#points[slot] = point;
    this.#to[slot] = next;
    if (this.#size * 2 > this.#to.length) this.#rehash();
    return next;
  }

  #slotOf(node: number, point: number): number {
    const mask = this.#to.length - 1;
    let slot = finishHash(pairHash(node, point)) & mask;
    while (this.#to[slot] !== 0 && (this.#from[slot] !== node || this.#points[slot] !== point))
      slot = (slot + 1) & mask;
    return slot;
  }

  #rehash(): void {
    const [from, points, to] = [this.#from, this.#points, this.#to];
    this.#from = new Int32Array(from.length * 2);
    this.#points = new Int32Array(from.length * 2);
    this.#to = new Int32Array(from.length * 2);
    for (let old = 0; old < to.length; old++) {
      if (to[old] === 0) continue;
      const slot = this.#slotOf(from[old]!, points[old]!);
      this.#from[slot] = from[old]!;
      this.#points[slot] = points[old]!;
      this.#to[slot] = to[old]!;
    }
  }
}
