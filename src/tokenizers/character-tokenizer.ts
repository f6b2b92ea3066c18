import { tokenName } from '../core/text/token-name';
import type { TokenEntry } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { type EncodeJob, JobTokenizer } from './job-tokenizer';
import { textOf } from './token-bytes';
import { TilingWriter } from './token-writer';

/** UTF-16 units between two checks of the clock. */
const STEP_UNITS = 1 << 17;

/** Every code point is a token and its own id. */
export class CharacterTokenizer extends JobTokenizer {
  readonly vocabularySize = 0x110000;

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

  protected job(input: string): EncodeJob {
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
}

function isCharacter(id: number): boolean {
  return Number.isInteger(id) && id >= 0 && id < 0x110000 && !(id >= 0xd800 && id <= 0xdfff);
}
