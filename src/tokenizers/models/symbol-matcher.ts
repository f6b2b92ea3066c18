import { encodeUtf8 } from '../../core/text/utf8';
import { drain } from '../files/steps';
import { Vocabulary } from '../vocabulary';
import { PointTrie } from './point-trie';

/** Finds the longest of some symbols at a place of a text. */
export class SymbolMatcher {
  readonly #trie: PointTrie;
  /** Whether a symbol begins with this ASCII character, or, in the last place, with any other. */
  readonly #begins = new Uint8Array(129);

  constructor(symbols: readonly string[]) {
    const bytes = symbols.map(encodeUtf8);
    const offsets = new Uint32Array(symbols.length + 1);
    bytes.forEach((symbol, i) => {
      offsets[i + 1] = offsets[i]! + symbol.length;
      if (symbol.length > 0) this.#begins[Math.min(symbol[0]!, 128)] = 1;
    });
    const pool = new Uint8Array(offsets[symbols.length]!);
    bytes.forEach((symbol, i) => {
      pool.set(symbol, offsets[i]);
    });
    this.#trie = drain(PointTrie.inSteps(new Vocabulary(pool, offsets)));
  }

  /** How many points the longest symbol at `at` has; 0 where there is none. */
  lengthAt(points: Uint32Array, at: number): number {
    if (this.#begins[Math.min(points[at]!, 128)] === 0) return 0;
    let node = 0;
    let length = 0;
    for (let end = at; end < points.length; ) {
      node = this.#trie.child(node, points[end]!);
      if (node < 0) break;
      end++;
      if (this.#trie.tokenAt(node) >= 0) length = end - at;
    }
    return length;
  }
}
