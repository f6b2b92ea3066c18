import { tokenName } from '../core/text/token-name';
import type { TokenEntry } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { type EncodeJob, JobTokenizer } from './job-tokenizer';
import { classAt, lengthOf, SPACE } from './pretokenizers/unicode-classes';
import { textOf } from './token-bytes';
import { TilingWriter } from './token-writer';
import { WordIds } from './word-ids';

/** Bytes between two checks of the clock. */
const STEP_BYTES = 1 << 15;

/**
 * Words as whitespace divides them, each with the whitespace before it (and one more token for whitespace at
 * the end). There is no vocabulary: a word's id is the 32-bit FNV-1a hash of its UTF-8 bytes. Of two words of one text
 * with the same hash the second gets the next free id, so that ids depend on the text and on nothing else.
 *
 * Words that were in a text, or were looked up, are remembered, to be found by id.
 */
export class WordTokenizer extends JobTokenizer {
  /** One more than the largest id. */
  readonly vocabularySize = 2 ** 32;
  readonly #words = new Map<number, Uint8Array>();

  tokenBytes(id: number): Uint8Array {
    const word = this.#words.get(id);
    if (!word) throw new RangeError(`There is no token with id ${id}.`);
    return word;
  }

  token(id: number): TokenEntry | undefined {
    const bytes = this.#words.get(id);
    return bytes && { id, bytes, name: tokenName(bytes), special: false };
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    const text = textOf(token);
    const { ids } = this.encode(text ?? '');
    return ids.length === 1 ? [ids[0]!] : [];
  }

  protected job(text: string): EncodeJob {
    const bytes = encodeUtf8(text);
    const out = new TilingWriter(bytes.length >> 2);
    const ids = new WordIds(bytes);
    const remember = (id: number, word: Uint8Array) => {
      if (!isSame(this.#words.get(id), word)) this.#words.set(id, word.slice());
    };
    let at = 0;
    const step = () => {
      const until = Math.min(bytes.length, at + STEP_BYTES);
      while (at < until) {
        const start = at;
        while (at < bytes.length && classAt(bytes, at) === SPACE) at += lengthOf(bytes[at]!);
        while (at < bytes.length && classAt(bytes, at) !== SPACE) at += lengthOf(bytes[at]!);
        out.push(ids.idOf(start, at, remember), at);
      }
      return bytes.length === 0 ? 1 : at / bytes.length;
    };
    return { out, step };
  }
}

function isSame(known: Uint8Array | undefined, word: Uint8Array): boolean {
  return known?.length === word.length && known.every((byte, i) => byte === word[i]);
}
