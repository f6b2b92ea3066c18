import { tokenName } from '../core/text/token-name';
import type { TokenEntry } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { type EncodeJob, JobTokenizer } from './job-tokenizer';

/** Bytes between two checks of the clock. */
const STEP_BYTES = 1 << 20;

/** Every UTF-8 byte is a token and its own id, as in ByT5 (Xue et al. 2022) without that model's offset of 3. */
export class ByteTokenizer extends JobTokenizer {
  readonly vocabularySize = 256;

  tokenBytes(id: number): Uint8Array {
    if (!isByte(id)) throw new RangeError(`There is no token with id ${id}.`);
    return new Uint8Array([id]);
  }

  token(id: number): TokenEntry | undefined {
    if (!isByte(id)) return undefined;
    const bytes = new Uint8Array([id]);
    return { id, bytes, name: tokenName(bytes), special: false };
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    const bytes = typeof token === 'string' ? encodeUtf8(token) : token;
    return bytes.length === 1 ? [bytes[0]!] : [];
  }

  protected job(text: string): EncodeJob {
    const ids = Uint32Array.from(encodeUtf8(text));
    const starts = new Uint32Array(ids.length);
    const ends = new Uint32Array(ids.length);
    let at = 0;
    const step = () => {
      const until = Math.min(ids.length, at + STEP_BYTES);
      for (; at < until; at++) {
        starts[at] = at;
        ends[at] = at + 1;
      }
      return ids.length === 0 ? 1 : at / ids.length;
    };
    return { out: { finish: () => ({ ids, starts, ends }) }, step };
  }
}

function isByte(id: number): boolean {
  return Number.isInteger(id) && id >= 0 && id < 256;
}
