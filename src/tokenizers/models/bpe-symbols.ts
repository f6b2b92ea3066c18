import { encodeUtf8 } from '../../core/text/utf8';
import { utf8LengthOf } from '../aligned-text';
import { noUnknownToken } from './no-unknown-token';
import type { SymbolList } from './queued-merges';
import type { TokenTable } from './token-table';
import { byteToken } from './unigram';
import { pointAt, utf8LengthOfLead } from './utf8-points';

/** Options of `BpeModel`. */
export interface BpeOptions {
  /** Without it in the vocabulary, texts with unknown characters fail; without a name they are dropped. */
  readonly unknownToken: string | undefined;
  readonly fuseUnknown: boolean;
  readonly byteFallback: boolean;
  /** A piece that is a token is taken whole, before any merge. */
  readonly ignoreMerges: boolean;
  /** Begins every character but a word's first. */
  readonly continuingPrefix: string;
  /** Ends a word's last character. */
  readonly endOfWordSuffix: string;
}

/** What byte-pair encoding begins with: the symbols of a word before any merge. */
export class BpeSymbols {
  readonly unknownId: number | undefined;
  /** Tokens of single bytes, such as `<0x0A>`. */
  readonly byteIds: readonly (number | undefined)[];
  readonly #tokens: TokenTable;
  readonly #options: BpeOptions;
  readonly #symbolIds = new Map<number, number>();

  constructor(tokens: TokenTable, options: BpeOptions) {
    this.#tokens = tokens;
    this.#options = options;
    this.unknownId = options.unknownToken === undefined ? undefined : tokens.idOf(options.unknownToken);
    this.byteIds = Array.from({ length: 256 }, (_, byte) => tokens.idOf(byteToken(byte)));
    const { offsets, pool, size } = tokens.vocabulary;
    for (let id = 0; id < size; id++) {
      const start = offsets[id]!;
      const length = offsets[id + 1]! - start;
      if (length === 0 || length > 4 || utf8LengthOfLead(pool[start]!) !== length) continue;
      this.#symbolIds.set(pointAt(pool, start), id);
    }
  }

  /** Whether every character is a symbol or has all its bytes. */
  get areComplete(): boolean {
    return this.byteIds.every((id, byte) => id !== undefined || (byte < 0x80 && this.#symbolIds.has(byte)));
  }

  /** The symbols of a word: characters, or bytes of unknown ones, or the unknown token. */
  of(points: Uint32Array): SymbolList {
    const { fuseUnknown, byteFallback } = this.#options;
    const ids: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    let unknownBefore = false;
    for (let i = 0; i < points.length; i++) {
      const id = this.#symbolAt(points, i);
      if (id !== undefined) {
        ids.push(id);
        starts.push(4 * i);
        ends.push(4 * (i + 1));
        unknownBefore = false;
        continue;
      }
      const bytes = byteFallback ? this.#bytesAt(points, i) : undefined;
      if (bytes) {
        if (unknownBefore) return this.#outOfOrder(points);
        for (let k = 0; k < bytes.length; k++) {
          ids.push(bytes[k]!);
          starts.push(4 * i + Math.min(k, 3));
          ends.push(k === bytes.length - 1 ? 4 * (i + 1) : 4 * i + Math.min(k + 1, 3));
        }
        continue;
      }
      const unknown = this.#unknownAt(points, i);
      if (unknown === undefined) continue;
      if (unknownBefore && fuseUnknown) ends[ends.length - 1] = 4 * (i + 1);
      else {
        ids.push(unknown);
        starts.push(4 * i);
        ends.push(4 * (i + 1));
      }
      unknownBefore = true;
    }
    return { ids, starts, ends };
  }

  /**
   * The same as Hugging Face's library has it where bytes follow an unknown character: it puts an unknown token where
   * the next known character is, behind the bytes. Places are then those of as many bytes, as they are there.
   */
  #outOfOrder(points: Uint32Array): SymbolList {
    const ids: number[] = [];
    const lengths: number[] = [];
    let waiting = 0;
    const pass = () => {
      if (waiting === 0) return;
      ids.push(this.unknownId!);
      lengths.push(waiting);
      waiting = 0;
    };
    for (let i = 0; i < points.length; i++) {
      const length = utf8LengthOf(points[i]!);
      const id = this.#symbolAt(points, i);
      const bytes = id === undefined ? this.#bytesAt(points, i) : undefined;
      if (id !== undefined) {
        pass();
        ids.push(id);
        lengths.push(length);
      } else if (bytes) {
        ids.push(...bytes);
        lengths.push(...bytes.map(() => 1));
      } else {
        if (!this.#options.fuseUnknown) pass();
        waiting += length;
      }
    }
    pass();
    let point = 0;
    let part = 0;
    const ends = lengths.map((length) => {
      for (part += length; point < points.length && part >= utf8LengthOf(points[point]!); point++) {
        part -= utf8LengthOf(points[point]!);
      }
      return point < points.length ? 4 * point + part : 4 * points.length;
    });
    return { ids, starts: [0, ...ends.slice(0, -1)], ends };
  }

  /** The token of the character at a place of a word. */
  #symbolAt(points: Uint32Array, at: number): number | undefined {
    const { continuingPrefix, endOfWordSuffix } = this.#options;
    if (continuingPrefix === '' && endOfWordSuffix === '') return this.#symbolIds.get(points[at]!);
    return this.#tokens.idOf(this.#spelled(points, at));
  }

  #spelled(points: Uint32Array, at: number): string {
    const { continuingPrefix, endOfWordSuffix } = this.#options;
    const before = at > 0 ? continuingPrefix : '';
    const after = at === points.length - 1 ? endOfWordSuffix : '';
    return before + String.fromCodePoint(points[at]!) + after;
  }

  /** The byte tokens of a character, with its affixes; undefined where one of them is missing. */
  #bytesAt(points: Uint32Array, at: number): number[] | undefined {
    const found: number[] = [];
    for (const byte of encodeUtf8(this.#spelled(points, at))) {
      const id = this.byteIds[byte];
      if (id === undefined) return undefined;
      found.push(id);
    }
    return found;
  }

  /** The unknown token; undefined where characters are dropped. */
  #unknownAt(points: Uint32Array, at: number): number | undefined {
    const { unknownToken } = this.#options;
    if (unknownToken !== undefined && this.unknownId === undefined) {
      throw noUnknownToken(String.fromCodePoint(points[at]!), unknownToken);
    }
    return this.unknownId;
  }
}
