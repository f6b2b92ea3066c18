import { ClusterWalker } from '../../core/text/graphemes';
import { decodeUtf8 } from '../../core/text/utf8';
import type { AlignedText } from '../aligned-text';
import { pointsOf } from '../aligned-text';

/**
 * SentencePiece's precompiled character map: a double-array trie (darts-clone) from UTF-8 to an offset into a
 * pool of NUL-terminated replacements.
 */
export class PrecompiledMap {
  readonly #trie: Uint32Array;
  readonly #pool: Uint8Array;
  readonly #known = new Map<string, string | undefined>();

  /** @throws RangeError where the blob is cut short */
  constructor(blob: Uint8Array) {
    const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
    const size = view.getUint32(0, true);
    if (size > blob.length - 4) throw new RangeError('The trie is longer than the map.');
    this.#trie = new Uint32Array(size >> 2);
    for (let i = 0; i < this.#trie.length; i++) this.#trie[i] = view.getUint32(4 + 4 * i, true);
    this.#pool = blob.subarray(4 + size);
  }

  /** Normalizes grapheme by grapheme, then point by point, as Hugging Face does. */
  normalize(source: AlignedText): AlignedText {
    const points: number[] = [];
    const changes: number[] = [];
    let modified = false;
    const push = (part: string): boolean => {
      const replacement = this.#lookUp(part);
      if (replacement === undefined) return false;
      modified = true;
      const added = pointsOf(replacement);
      const more = added.length - pointsOf(part).length;
      added.forEach((point, i) => {
        points.push(point);
        changes.push(i >= added.length - more ? 1 : 0);
      });
      // A removed point belongs to the point before it, even one of another part.
      if (more < 0 && changes.length > 0) changes[changes.length - 1]! += more;
      return true;
    };
    const { text } = source;
    for (const walker = new ClusterWalker(text); walker.at < text.length; ) {
      const segment = text.slice(walker.at, walker.next());
      if (new TextEncoder().encode(segment).length < 6 && push(segment)) continue;
      for (const character of segment) {
        if (push(character)) continue;
        points.push(character.codePointAt(0)!);
        changes.push(0);
      }
    }
    return modified ? source.transform(points, changes) : source;
  }

  /**
   * The longest key that `text` has at byte `at`: how many bytes it has, and what replaces it; undefined where there
   * is none.
   */
  longestAt(text: Uint8Array, at: number): { length: number; replacement: string } | undefined {
    const trie = this.#trie;
    let node = offsetOf(trie[0]!);
    let length = 0;
    let offset = -1;
    for (let i = at; i < text.length && text[i] !== 0; i++) {
      node ^= text[i]!;
      const unit = trie[node]!;
      if ((unit & 0x800000ff) >>> 0 !== text[i]) break;
      node ^= offsetOf(unit);
      if (((unit >>> 8) & 1) === 0) continue;
      length = i + 1 - at;
      offset = trie[node]! & 0x7fffffff;
    }
    return offset < 0 ? undefined : { length, replacement: this.#replacementAt(offset) };
  }

  #lookUp(part: string): string | undefined {
    if (this.#known.has(part)) return this.#known.get(part);
    const offset = this.#firstPrefix(new TextEncoder().encode(part));
    const replacement = offset >= 0 ? this.#replacementAt(offset) : undefined;
    this.#known.set(part, replacement);
    return replacement;
  }

  #replacementAt(offset: number): string {
    const end = this.#pool.indexOf(0, offset);
    return decodeUtf8(this.#pool.subarray(offset, end < 0 ? undefined : end));
  }

  /** The value of the shortest key that begins `key`; -1 where none does. */
  #firstPrefix(key: Uint8Array): number {
    const trie = this.#trie;
    let node = offsetOf(trie[0]!);
    for (const byte of key) {
      if (byte === 0) break;
      node ^= byte;
      const unit = trie[node]!;
      if ((unit & 0x800000ff) >>> 0 !== byte) return -1;
      node ^= offsetOf(unit);
      if (((unit >>> 8) & 1) === 1) return trie[node]! & 0x7fffffff;
    }
    return -1;
  }
}

/** Where the children of a trie's unit lie, relative to it (darts-clone's `DoubleArrayUnit::offset`). */
function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
}
