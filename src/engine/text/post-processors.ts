import type { TokenSequence } from '../../core/text/tokens';

/** Adds what a model expects around a text, or adjusts offsets. Spans of added tokens are empty. */
export interface PostProcessor {
  /** @param addSpecial whether to add tokens, or only adjust offsets */
  process(tokens: TokenSequence, addSpecial: boolean): TokenSequence;
}

/** Ids before and after the text: templates, BERT's and RoBERTa's processing for a single text. */
export function surround(before: readonly number[], after: readonly number[]): PostProcessor {
  return {
    process: ({ ids, starts, ends }, addSpecial) => {
      if (!addSpecial) return { ids, starts, ends };
      const count = before.length + ids.length + after.length;
      const out = {
        ids: new Uint32Array(count),
        starts: new Uint32Array(count),
        ends: new Uint32Array(count),
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
    process: (tokens, addSpecial) =>
      processors.reduce((result, processor) => processor.process(result, addSpecial), tokens),
  };
}

/**
 * Leaves the spaces at either end of byte-level tokens out of their spans.
 * @param tokenOf the token's string, in byte letters
 * @param prefixed whether the pre-tokenizer put a space in front that the text does not have
 */
export function trimOffsets(tokenOf: (id: number) => string, prefixed: boolean): PostProcessor {
  return {
    process: ({ ids, starts, ends }) => {
      const out = { ids, starts: starts.slice(), ends: ends.slice() };
      ids.forEach((id, i) => {
        const token = tokenOf(id);
        let leading = /^[Ġ\p{White_Space}]*/u.exec(token)![0].length;
        const trailing = /[Ġ\p{White_Space}]*$/u.exec(token)![0].length;
        if (leading > 0) {
          if (prefixed && (i === 0 || out.starts[i] === 0)) leading--;
          out.starts[i] = Math.min(out.starts[i]! + leading, out.ends[i]!);
        }
        if (trailing > 0 && out.ends[i]! >= trailing) {
          out.ends[i] = Math.max(out.ends[i]! - trailing, out.starts[i]!);
        }
      });
      return out;
    },
  };
}
