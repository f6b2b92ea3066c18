import { ClusterWalker } from '../../core/text/graphemes';
import { decodeUtf8 } from '../../core/text/utf8';
import { AlignedText, pointsOf } from '../aligned-text';

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

  /**
   * Normalizes grapheme by grapheme, then point by point, as Hugging Face does. New points map to the old ones in order,
   * and the last to all that are left; what is removed belongs to none. There, what is removed at the front of a text
   * shifts the offsets of all that follows.
   */
  normalize(source: AlignedText): AlignedText {
    const points: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    const mixed: number[] = [];
    let modified = false;
    let old = 0;
    const keep = (point: number, first: number, last: number, isMixed: boolean) => {
      points.push(point);
      starts.push(source.starts[first]!);
      ends.push(source.ends[last]!);
      mixed.push(isMixed ? 1 : (source.mixed?.[first] ?? 0));
    };
    const replace = (part: string): boolean => {
      const replacement = this.#lookUp(part);
      if (replacement === undefined) return false;
      modified = true;
      const end = old + pointsOf(part).length;
      const added = pointsOf(replacement);
      added.forEach((point, i) => {
        const first = Math.min(old + i, end - 1);
        keep(point, first, i === added.length - 1 ? end - 1 : first, true);
      });
      old = end;
      return true;
    };
    const { text } = source;
    for (const walker = new ClusterWalker(text); walker.at < text.length; ) {
      const segment = text.slice(walker.at, walker.next());
      if (new TextEncoder().encode(segment).length < 6 && replace(segment)) continue;
      for (const character of segment) {
        if (replace(character)) continue;
        keep(character.codePointAt(0)!, old, old, false);
        old++;
      }
    }
    if (!modified) return source;
    const array = (numbers: readonly number[]) => Uint32Array.from(numbers);
    return new AlignedText(
      array(points),
      array(starts),
      array(ends),
      source.base,
      undefined,
      Uint8Array.from(mixed),
    );
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
