import { TokenoscopeError } from '../../core/errors';
import { ClusterWalker } from '../../core/text/graphemes';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import { decodeUtf8, encodeUtf8, utf8Length } from '../../core/text/utf8';
import { inSlices } from '../../tokenizers/files/steps';
import type { SplitOptions, SplitText } from './study.api';

/** Share of the work that encoding the whole text takes, for progress. */
const WHOLE = 0.4;

/** Clusters between two chances for an abort. */
const CLUSTERS = 512;

/**
 * Splits a text into pieces of at most `size` tokens, never within a grapheme cluster. Each piece is encoded again, alone:
 * at its edges it may have other tokens than the text has there, and a piece that then has too many is made shorter.
 * Without overlap the pieces are the text; with it each begins up to `overlap` tokens before the end of the last one.
 * @param bytes well-formed UTF-8
 * @throws TokenoscopeError `piece-too-small` where one cluster takes more tokens than a piece may have, `aborted`, and
 * what the tokenizer throws
 */
export async function splitText(
  bytes: Uint8Array,
  tokenizer: Tokenizer,
  { size, overlap }: SplitOptions,
  {
    signal = new AbortController().signal,
    onProgress = () => {},
  }: { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void } = {},
): Promise<SplitText> {
  const text = decodeUtf8(bytes);
  const tokens = await tokenizer.encodeInSlices(text, {
    signal,
    onProgress: (share) => onProgress(share * WHOLE),
  });
  const cuts = new Cuts(tokens, await inSlices(clusterStarts(text), { signal }), bytes.length);
  const encodedAlone = async (start: number, end: number) =>
    (await tokenizer.encodeInSlices(decodeUtf8(bytes.subarray(start, end)), { signal })).ids.length;

  const pieces: { start: number; end: number; tokens: number; overlap: number }[] = [];
  let start = 0;
  let covered = 0;
  while (covered < bytes.length) {
    let count = 0;
    let end = 0;
    for (let wanted = size; ; wanted -= Math.max(1, count - size)) {
      const least = cuts.after(covered);
      end = Math.max(least, wanted < 1 ? 0 : cuts.atTokens(start, wanted));
      count = await encodedAlone(start, end);
      if (count <= size) break;
      if (end > least) continue;
      // Not even one cluster more fits: the repetition is given up.
      if (start === covered) throw tooSmall(decodeUtf8(bytes.subarray(start, end)), count, size);
      start = covered;
      wanted = size;
      count = size;
    }
    const repeated = covered > start ? await encodedAlone(start, covered) : 0;
    pieces.push({ start, end, tokens: count, overlap: repeated });
    covered = end;
    start = overlap === 0 ? end : await startOfNext(start, end);
    onProgress(WHOLE + (1 - WHOLE) * (covered / bytes.length));
  }
  return {
    starts: Uint32Array.from(pieces, (piece) => piece.start),
    ends: Uint32Array.from(pieces, (piece) => piece.end),
    tokens: Uint32Array.from(pieces, (piece) => piece.tokens),
    overlaps: Uint32Array.from(pieces, (piece) => piece.overlap),
  };

  /** Where the piece after `[start, end)` begins: so that what it repeats has at most `overlap` tokens, alone. */
  async function startOfNext(from: number, end: number): Promise<number> {
    for (let wanted = overlap; wanted > 0; ) {
      const next = cuts.beforeTokens(end, wanted);
      if (next <= from) {
        wanted--;
        continue;
      }
      const count = await encodedAlone(next, end);
      if (count <= overlap) return next;
      wanted -= Math.max(1, count - overlap);
    }
    return end;
  }
}

/** Where a text may be cut, and how many tokens lie between two places. */
class Cuts {
  /** Byte at which the text after token i begins: spaces that no token covers belong to the token before. */
  readonly #after: Uint32Array;
  readonly #isStart: Uint8Array;

  constructor({ starts }: TokenSequence, isStart: Uint8Array, length: number) {
    this.#isStart = isStart;
    this.#after = new Uint32Array(starts.length);
    let reached = 0;
    for (let i = 0; i < starts.length; i++) {
      reached = Math.max(reached, starts[i + 1] ?? length);
      this.#after[i] = reached;
    }
  }

  /** The first place after `byte`. */
  after(byte: number): number {
    let at = byte + 1;
    while (this.#isStart[at] === 0) at++;
    return Math.min(at, this.#isStart.length - 1);
  }

  /** The last place that is at most `count` tokens after `start`. */
  atTokens(start: number, count: number): number {
    const end = this.#isStart.length - 1;
    let at = this.#after[this.#tokenAfter(start) + count - 1] ?? end;
    while (this.#isStart[at] === 0) at--;
    return at;
  }

  /** The first place that is at most `count` tokens before `end`. */
  beforeTokens(end: number, count: number): number {
    let at = this.#after[this.#tokenAfter(end) - count - 1] ?? 0;
    while (this.#isStart[at] === 0) at++;
    return at;
  }

  /** The first token that ends after a byte. */
  #tokenAfter(byte: number): number {
    let low = 0;
    for (let high = this.#after.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.#after[middle]! > byte) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** 1 at each byte where a cluster begins, and at the text's end. */
function* clusterStarts(text: string): Generator<void, Uint8Array, void> {
  const walker = new ClusterWalker(text);
  const isStart = new Uint8Array(utf8Length(text) + 1);
  isStart[0] = 1;
  let byte = 0;
  for (let count = 1; walker.at < text.length; count++) {
    const from = walker.at;
    byte += utf8Length(text.slice(from, walker.next()));
    isStart[byte] = 1;
    if (count % CLUSTERS === 0) yield;
  }
  return isStart;
}

function tooSmall(cluster: string, count: number, size: number): TokenoscopeError {
  const shown = encodeUtf8(cluster).length > 60 ? 'One character' : `“${cluster}”`;
  return new TokenoscopeError(
    'piece-too-small',
    `${shown} alone takes ${count} tokens, more than the ${size} of a piece.`,
    `Allow at least ${count} tokens a piece: a character that readers see as one is never divided.`,
  );
}
