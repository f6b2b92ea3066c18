import type { TokenSequence } from '../core/text/token-sequence';
import { encodeUtf8, isContinuation } from '../core/text/utf8';

/** Tokens, and of added tokens that were found in the text what was found, by place. */
export interface FoundTokens extends TokenSequence {
  readonly found: ReadonlyMap<number, string>;
}

/** Adds what a model expects around a text, or adjusts offsets. Spans of added tokens are empty. */
export interface PostProcessor {
  /**
   * @param addSpecial whether to add tokens, or only adjust offsets
   * @param text the original, well-formed
   */
  process(tokens: FoundTokens, addSpecial: boolean, text: string): FoundTokens;
}

/** Adds ids before and after the text: templates, and BERT's and RoBERTa's processing of a single text. */
export function surround(before: readonly number[], after: readonly number[]): PostProcessor {
  return {
    process: (tokens, addSpecial) => {
      if (!addSpecial) return tokens;
      const { ids, starts, ends, found } = tokens;
      const count = before.length + ids.length + after.length;
      const out = {
        ids: new Uint32Array(count),
        starts: new Uint32Array(count),
        ends: new Uint32Array(count),
        found: new Map(Array.from(found, ([i, text]) => [before.length + i, text])),
      };
      out.ids.set(before);
      out.ids.set(ids, before.length);
      out.ids.set(after, before.length + ids.length);
      out.starts.set(starts, before.length);
      out.ends.set(ends, before.length);
      return out;
    },
  };
}

/** One after the other. */
export function chain(processors: readonly PostProcessor[]): PostProcessor {
  return {
    process: (tokens, addSpecial, text) =>
      processors.reduce((result, processor) => processor.process(result, addSpecial, text), tokens),
  };
}

/**
 * Leaves the spaces at either end of byte-level tokens out of their spans.
 * @param tokenOf the string of a token that the model gave, in byte letters
 * @param prefixed whether the pre-tokenizer put a space in front that the text does not have
 */
export function trimOffsets(tokenOf: (id: number) => string, prefixed: boolean): PostProcessor {
  return {
    process: ({ ids, starts, ends, found }, _, text) => {
      const out = { ids, starts: starts.slice(), ends: ends.slice(), found };
      const bytes = encodeUtf8(text);
      ids.forEach((id, i) => {
        const token = found.get(i) ?? tokenOf(id);
        let leading = /^[Ġ\p{White_Space}]*/u.exec(token)![0].length;
        const trailing = /[Ġ\p{White_Space}]*$/u.exec(token)![0].length;
        if (leading > 0) {
          // A single one at the beginning is the one that was put there.
          if (prefixed && leading === 1 && (i === 0 || out.starts[i] === 0)) leading = 0;
          out.starts[i] = Math.min(forward(bytes, out.starts[i]!, leading), out.ends[i]!);
        }
        if (trailing > 0) out.ends[i] = Math.max(back(bytes, out.ends[i]!, trailing), out.starts[i]!);
      });
      return out;
    },
  };
}

/** The place `count` characters further; a space that replaces another character counts as that one. */
function forward(bytes: Uint8Array, from: number, count: number): number {
  let at = from;
  for (let n = 0; n < count && at < bytes.length; n++) {
    at++;
    while (at < bytes.length && isContinuation(bytes[at]!)) at++;
  }
  return at;
}

function back(bytes: Uint8Array, from: number, count: number): number {
  let at = from;
  for (let n = 0; n < count && at > 0; n++) {
    at--;
    while (at > 0 && isContinuation(bytes[at]!)) at--;
  }
  return at;
}
