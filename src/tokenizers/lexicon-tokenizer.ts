import { tokenName } from '../core/text/token-name';
import type { TokenEntry } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { type EncodeJob, JobTokenizer } from './job-tokenizer';
import { textOf } from './token-bytes';
import { TilingWriter } from './token-writer';
import { Lexicon } from './train/lexicon';
import { segmentByLexicon } from './train/lib';

/**
 * A lexicon of Less-is-Better (arXiv 2403.00417). A chunk's place is its id; a character that is read alone and is no
 * chunk has the id of its code point, behind the chunks. Lines are segmented one by one.
 */
export class LexiconTokenizer extends JobTokenizer {
  readonly vocabularySize: number;
  readonly #lexicon = new Lexicon();

  /** @param chunks the best first, none twice */
  constructor(chunks: readonly string[]) {
    super();
    for (const chunk of chunks) this.#lexicon.append(chunk);
    this.vocabularySize = chunks.length + 0x110000;
  }

  tokenBytes(id: number): Uint8Array {
    const text = this.#textOf(id);
    if (text === undefined) throw new RangeError(`There is no token with id ${id}.`);
    return encodeUtf8(text);
  }

  token(id: number): TokenEntry | undefined {
    const text = this.#textOf(id);
    if (text === undefined) return undefined;
    const bytes = encodeUtf8(text);
    return { id, bytes, name: tokenName(bytes), special: false };
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    const text = textOf(token);
    if (!text) return [];
    const place = this.#lexicon.placeOf(text);
    if (place !== undefined) return [place];
    return [...text].length === 1 ? [this.#idOf(text)] : [];
  }

  #textOf(id: number): string | undefined {
    const { chunks, size } = this.#lexicon;
    if (!Number.isInteger(id) || id < 0 || id >= this.vocabularySize) return undefined;
    if (id < size) return chunks[id];
    const point = id - size;
    const isSurrogate = point >= 0xd800 && point <= 0xdfff;
    const character = isSurrogate ? undefined : String.fromCodePoint(point);
    return character === undefined || this.#lexicon.has(character) ? undefined : character;
  }

  #idOf(chunk: string): number {
    return this.#lexicon.placeOf(chunk) ?? this.#lexicon.size + chunk.codePointAt(0)!;
  }

  protected job(input: string): EncodeJob {
    const text = input.toWellFormed();
    const out = new TilingWriter(text.length >> 1);
    let unit = 0;
    let byte = 0;
    const push = (chunk: string) => {
      byte += encodeUtf8(chunk).length;
      out.push(this.#idOf(chunk), byte);
    };
    const step = () => {
      if (text.length === 0) return 1;
      const end = text.indexOf('\n', unit);
      for (const chunk of segmentByLexicon(this.#lexicon, text.slice(unit, end < 0 ? text.length : end))) {
        push(chunk);
      }
      if (end >= 0) push('\n');
      unit = end < 0 ? text.length : end + 1;
      return unit / text.length;
    };
    return { out, step };
  }
}
