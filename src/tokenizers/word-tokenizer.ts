import { tokenName } from '../core/text/token-name';
import type { EncodeOptions, TokenSequence } from '../core/text/token-sequence';
import type { DecodeStream, TokenEntry, Tokenizer } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { classAt, lengthOf, SPACE } from './pretokenizers/unicode-classes';
import { runInSlices } from './slices';
import { joinTokens, streamTokens, textOf } from './token-bytes';
import { TilingWriter } from './token-writer';

/** Bytes between two checks of the clock. */
const STEP_BYTES = 1 << 15;

/**
 * Words as whitespace divides them, each with the whitespace before it (and one more token for whitespace at
 * the end). There is no vocabulary: a word gets its id on its first occurrence and keeps it.
 */
export class WordTokenizer implements Tokenizer {
  readonly #ids = new Map<string, number>();
  readonly #words: Uint8Array[] = [];

  get vocabularySize(): number {
    return this.#words.length;
  }

  encode(text: string, _options?: EncodeOptions): TokenSequence {
    const job = this.#job(text);
    while (job.step() < 1);
    return job.out.finish();
  }

  async encodeInSlices(
    text: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence> {
    const job = this.#job(text);
    await runInSlices(job.step, options);
    return job.out.finish();
  }

  decode(ids: ArrayLike<number>): Uint8Array {
    return joinTokens(ids, (id) => this.tokenBytes(id));
  }

  decodeStream(): DecodeStream {
    return streamTokens((id) => this.tokenBytes(id));
  }

  tokenBytes(id: number): Uint8Array {
    const word = this.#words[id];
    if (!word) throw new RangeError(`There is no token with id ${id}.`);
    return word;
  }

  token(id: number): TokenEntry | undefined {
    const bytes = this.#words[id];
    return bytes && { id, bytes, name: tokenName(bytes), special: false };
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    const id = this.#ids.get(textOf(token) ?? '');
    return id === undefined ? [] : [id];
  }

  trace(): undefined {
    return undefined;
  }

  #job(text: string): { out: TilingWriter; step: () => number } {
    const bytes = encodeUtf8(text);
    const out = new TilingWriter(bytes.length >> 2);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let at = 0;
    const step = () => {
      const until = Math.min(bytes.length, at + STEP_BYTES);
      while (at < until) {
        const start = at;
        while (at < bytes.length && classAt(bytes, at) === SPACE) at += lengthOf(bytes[at]!);
        while (at < bytes.length && classAt(bytes, at) !== SPACE) at += lengthOf(bytes[at]!);
        const word = bytes.subarray(start, at);
        out.push(this.#idOf(decoder.decode(word), word), at);
      }
      return bytes.length === 0 ? 1 : at / bytes.length;
    };
    return { out, step };
  }

  #idOf(text: string, word: Uint8Array): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#words.length;
      this.#ids.set(text, id);
      this.#words.push(word.slice());
    }
    return id;
  }
}
