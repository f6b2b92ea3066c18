import { enlarged } from '../../core/enlarged';
import { pairHash, powerOfTwo } from '../byte-hash';
import type { Vocabulary } from '../vocabulary';
import { pointAt, utf8LengthOfLead } from './utf8-points';

/**
 * The tokens of a vocabulary by their code points, as a trie in typed arrays: nodes are numbers, 0 is the root.
 * Edges are stored with open addressing, three words a slot: node + 1 (0: empty), point, child.
 */
export class PointTrie {
  #edges: Int32Array;
  #mask: number;
  #nodes = 1;
  /** Token + 1 that ends at each node; 0 for none. */
  #tokens = new Int32Array(1 << 12);

  private constructor(size: number) {
    const slots = powerOfTwo(size);
    this.#mask = slots - 1;
    this.#edges = new Int32Array(slots * 3);
  }

  /**
   * Builds the trie in small steps; yields the share done. Of equal tokens the one with the largest id counts.
   * @param has leaves out tokens for which it is false
   */
  static *inSteps(vocabulary: Vocabulary, has?: (id: number) => boolean): Generator<number, PointTrie> {
    const { pool, offsets, size } = vocabulary;
    const trie = new PointTrie(4 * size);
    for (let id = 0; id < size; id++) {
      const end = offsets[id + 1]!;
      if (has && !has(id)) continue;
      let node = 0;
      for (let at = offsets[id]!; at < end; ) {
        node = trie.#childOrNew(node, pointAt(pool, at));
        at += utf8LengthOfLead(pool[at]!);
      }
      if (node > 0) trie.#tokens[node] = id + 1;
      if ((id & 1023) === 1023) yield id / size;
    }
    return trie;
  }

  /** The node that `point` leads to; -1 where no token continues with it. */
  child(node: number, point: number): number {
    const edges = this.#edges;
    for (let slot = pairHash(node, point) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const owner = edges[slot * 3]! - 1;
      if (owner < 0) return -1;
      if (owner === node && edges[slot * 3 + 1] === point) return edges[slot * 3 + 2]!;
    }
  }

  /** The token that ends at a node; -1 for none. */
  tokenAt(node: number): number {
    return this.#tokens[node]! - 1;
  }

  #childOrNew(node: number, point: number): number {
    const known = this.child(node, point);
    if (known >= 0) return known;
    if (this.#nodes * 2 > this.#mask) this.#grow();
    const child = this.#nodes++;
    if (child >= this.#tokens.length) this.#tokens = enlarged(this.#tokens);
    this.#insert(node, point, child);
    return child;
  }

  #insert(node: number, point: number, child: number): void {
    let slot = pairHash(node, point) & this.#mask;
    while (this.#edges[slot * 3] !== 0) slot = (slot + 1) & this.#mask;
    this.#edges[slot * 3] = node + 1;
    this.#edges[slot * 3 + 1] = point;
    this.#edges[slot * 3 + 2] = child;
  }

  #grow(): void {
    const old = this.#edges;
    this.#mask = this.#mask * 2 + 1;
    this.#edges = new Int32Array((this.#mask + 1) * 3);
    for (let i = 0; i < old.length; i += 3) {
      if (old[i] !== 0) this.#insert(old[i]! - 1, old[i + 1]!, old[i + 2]!);
    }
  }
}
