import { tokenName } from '../core/text/token-name';
import type { EncodeOptions, TokenSequence } from '../core/text/token-sequence';
import type { DecodeStream, TokenEntry, Tokenizer } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { runInSlices } from './slices';
import { joinTokens, streamTokens, textOf } from './token-bytes';
import { TilingWriter } from './token-writer';

/** UTF-16 units between two checks of the clock. */
const STEP_UNITS = 1 << 17;

/** Every code point is a token and its own id. */
export class CharacterTokenizer implements Tokenizer {
  readonly vocabularySize = 0x110000;

  encode(text: string, _options?: EncodeOptions): TokenSequence {
    const job = characterJob(text);
    while (job.step() < 1);
    return job.out.finish();
  }

  async encodeInSlices(
    text: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence> {
    const job = characterJob(text);
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
    if (!isCharacter(id)) throw new RangeError(`There is no token with id ${id}.`);
    return encodeUtf8(String.fromCodePoint(id));
  }

  token(id: number): TokenEntry | undefined {
    if (!isCharacter(id)) return undefined;
    const bytes = this.tokenBytes(id);
    return { id, bytes, name: tokenName(bytes), special: false };
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    const [first, ...more] = textOf(token) ?? '';
    return first === undefined || more.length > 0 ? [] : [first.codePointAt(0)!];
  }

  trace(): undefined {
    return undefined;
  }
}

function isCharacter(id: number): boolean {
  return Number.isInteger(id) && id >= 0 && id < 0x110000 && !(id >= 0xd800 && id <= 0xdfff);
}

function characterJob(input: string): { out: TilingWriter; step: () => number } {
  const text = input.toWellFormed();
  const out = new TilingWriter(text.length);
  let unit = 0;
  let byte = 0;
  const step = () => {
    const until = Math.min(text.length, unit + STEP_UNITS);
    while (unit < until) {
      const point = text.codePointAt(unit)!;
      unit += point > 0xffff ? 2 : 1;
      byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      out.push(point, byte);
    }
    return text.length === 0 ? 1 : unit / text.length;
  };
  return { out, step };
}
