import { boundariesOf } from '../../core/text/boundaries';
import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8, isContinuation, unitOffsetsOfBytes } from '../../core/text/utf8';
import type { Damaged } from './ocr-noise';

/** Where a tokenizer divides a text: UTF-16 offsets, ascending, without 0 and the end. Cuts within a character do not count. */
export function cutsOf(tokenizer: Tokenizer, text: string): Uint32Array {
  const bytes = encodeUtf8(text);
  const units = unitOffsetsOfBytes(bytes);
  return boundariesOf(tokenizer.encode(text), bytes.length)
    .filter((at) => !isContinuation(bytes[at]!))
    .map((at) => units[at]!);
}

/** What is left of the tokens of a clean text in a damaged one. */
export interface Stability {
  /** Share of the clean text's cuts that are cuts in the damaged text as well, 0 to 1; undefined where there are none. */
  readonly kept: number | undefined;
  /** Cuts of the damaged text that the clean one has not, a cut of the clean one; undefined where there are none. */
  readonly added: number | undefined;
  /** Both in one: the harmonic mean of precision and recall of the damaged text's cuts, 0 to 1. */
  readonly agreement: number | undefined;
  /** Characters of the clean text whose token is no longer there as it was. */
  readonly changed: number;
  /** For every token of the damaged text whether it is one of the clean text, at its place. */
  readonly intact: readonly boolean[];
}

/** Compares a tokenizer's cuts of a clean text with those of the same text damaged. */
export function compareCuts(
  text: string,
  cuts: Uint32Array,
  damaged: Damaged,
  damagedCuts: Uint32Array,
): Stability {
  const edges = [0, ...damagedCuts, damaged.text.length];
  const tokenAt = new Map(edges.slice(0, -1).map((edge, i) => [edge, i]));
  // Two cuts around a character that vanished have one place: only one of them stays.
  const isCut = new Set(damagedCuts);
  const intact = new Array<boolean>(edges.length - 1).fill(false);
  let kept = 0;
  for (const cut of cuts) if (isCut.delete(damaged.places[cut]!)) kept++;
  let changed = 0;
  let start = 0;
  for (const end of [...cuts, text.length]) {
    const from = damaged.places[start]!;
    const to = damaged.places[end]!;
    const token = tokenAt.get(from);
    const isSame =
      token !== undefined &&
      edges[token + 1] === to &&
      text.slice(start, end) === damaged.text.slice(from, to);
    if (isSame) intact[token] = true;
    else changed += end - start;
    start = end;
  }
  const all = cuts.length + damagedCuts.length;
  return {
    kept: cuts.length === 0 ? undefined : kept / cuts.length,
    added: cuts.length === 0 ? undefined : (damagedCuts.length - kept) / cuts.length,
    agreement: all === 0 ? undefined : (2 * kept) / all,
    changed,
    intact,
  };
}
