import { type MergeTrace, mergesWithin, stateAfter } from '../../core/text/merge-trace';
import type {
  Formation,
  NamedToken,
  TokenExplanation,
  TokenVariant,
} from '../../core/text/token-explanation';
import type { Tokenizer } from '../../core/text/tokens';
import type { GreedyTrace, LatticeTrace } from '../../core/text/traces';
import { decodeUtf8, isContinuation } from '../../core/text/utf8';

/** A token of a text: its id and the bytes that it covers. */
export interface TokenInText {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** A longer text is not traced as a whole, but from the line before the token's to about as far behind it. */
const WHOLE_BYTES = 8192;

/** Bytes before and behind the token that are traced. */
const AROUND = 1024;

/** A piece of more tokens is not shown. */
const PATH_TOKENS = 40;

/** Characters of a token whose variants are of interest. */
const VARIANT_CHARACTERS = 48;

/**
 * Explains one token: its entry, how it was formed, and what its text would become otherwise written. Takes about
 * as long for every text: only what is around the token is traced.
 * @param text UTF-8 of the whole text
 */
export function explainToken(tokenizer: Tokenizer, text: Uint8Array, token: TokenInText): TokenExplanation {
  const named = (id: number): NamedToken => ({ id, name: tokenizer.token(id)?.name ?? `id ${id}` });
  return {
    entry: tokenizer.token(token.id),
    formation: formationOf(tokenizer, text, token, named),
    variants: variantsOf(tokenizer, text, token, named),
  };
}

type Named = (id: number) => NamedToken;

function formationOf(tokenizer: Tokenizer, text: Uint8Array, token: TokenInText, named: Named): Formation {
  const [from, to] = windowAround(text, token);
  const place: TokenInText = { id: token.id, start: token.start - from, end: token.end - from };
  const trace = tokenizer.trace(decodeUtf8(text.subarray(from, to)), { at: place.start });
  if (!trace) return { kind: 'none' };
  const bytes = text.subarray(from, to);
  const formation =
    trace.kind === 'merges'
      ? ownMerges(trace, place, named, tokenizer)
      : trace.kind === 'lattice'
        ? paths(trace, bytes, place, named)
        : greedy(trace, bytes, place, named);
  if (formation) return formation;
  // An added token is found before the model sees the text, so that the model's trace does not have it.
  const entry = tokenizer.token(token.id);
  if (entry?.special || (trace.kind !== 'merges' && from === 0 && to === text.length)) {
    return { kind: 'whole', isSymbol: false };
  }
  return { kind: 'too-long', bytes: to - from };
}

/** The bytes to trace: the text, or from the beginning of a line before the token to the end of a character behind it. */
function windowAround(text: Uint8Array, { start, end }: TokenInText): [number, number] {
  if (text.length <= WHOLE_BYTES) return [0, text.length];
  let from = Math.max(0, start - AROUND);
  const line = text.subarray(from, start).indexOf(0x0a);
  if (from > 0 && line >= 0) from += line;
  while (from > 0 && isContinuation(text[from]!)) from--;
  let to = Math.min(text.length, end + AROUND);
  while (to < text.length && isContinuation(text[to]!)) to++;
  return [from, to];
}

function ownMerges(
  trace: MergeTrace,
  { id, start, end }: TokenInText,
  named: Named,
  tokenizer: Tokenizer,
): Formation | undefined {
  const state = stateAfter(trace, trace.ids.length);
  // Spans of traces are those before spaces are trimmed.
  const index = state.ids.findIndex(
    (one, i) => one === id && state.starts[i]! <= start && state.ends[i]! >= end,
  );
  if (index < 0) return undefined;
  const from = state.firsts[index]!;
  const to = state.firsts[index + 1] ?? trace.symbols.ids.length;
  if (to - from === 1) {
    const length = tokenizer.token(id)?.bytes.length ?? 0;
    return { kind: 'whole', isSymbol: end - start <= 1 || length <= 4 };
  }
  return {
    kind: 'merges',
    symbols: Array.from(trace.symbols.ids.subarray(from, to), named),
    merges: mergesWithin(trace, from, to).map(({ rank, id, left, right }) => ({
      ...named(id),
      rank,
      left: left - from,
      right: right - from,
    })),
  };
}

function paths(
  trace: LatticeTrace,
  bytes: Uint8Array,
  { id, start, end }: TokenInText,
  named: Named,
): Formation | undefined {
  for (const piece of trace.pieces) {
    const own = piece.best[0]?.tokens
      .map((at) => piece.tokens[at]!)
      .find((token) => token.id === id && token.start <= start && token.end >= end);
    if (!own) continue;
    if (piece.best[0]!.tokens.length > PATH_TOKENS) {
      return { kind: 'too-long', bytes: piece.end - piece.start };
    }
    return {
      kind: 'paths',
      piece: decodeUtf8(bytes.subarray(piece.start, piece.end)),
      score: own.score,
      paths: piece.best.map(({ score, tokens }) => ({
        score,
        tokens: tokens.map((at) => ({ ...named(piece.tokens[at]!.id), score: piece.tokens[at]!.score })),
      })),
    };
  }
  return undefined;
}

function greedy(
  trace: GreedyTrace,
  bytes: Uint8Array,
  { start }: TokenInText,
  named: Named,
): Formation | undefined {
  const word = trace.words.find((one) => one.start <= start && start < one.end);
  if (!word) return undefined;
  if (word.matches.length > PATH_TOKENS) return { kind: 'too-long', bytes: word.end - word.start };
  const placeOf = (byte: number) => decodeUtf8(bytes.subarray(word.start, byte)).length;
  return {
    kind: 'greedy',
    word: decodeUtf8(bytes.subarray(word.start, word.end)),
    matches: word.matches.map(({ id, start, end }) => ({
      ...named(id),
      from: placeOf(start),
      to: placeOf(end),
    })),
    known: word.known,
  };
}

function variantsOf(
  tokenizer: Tokenizer,
  text: Uint8Array,
  { start, end }: TokenInText,
  named: Named,
): TokenVariant[] {
  const own = wholeText(text.subarray(start, end))?.trim();
  if (!own || [...own].length > VARIANT_CHARACTERS) return [];
  const [first = '', ...rest] = [...own];
  const forms = new Set([
    own.toLowerCase(),
    first.toUpperCase() + rest.join('').toLowerCase(),
    own.toUpperCase(),
    own,
  ]);
  return [...forms].flatMap((form) =>
    [form, ` ${form}`].map((variant) => ({ text: variant, tokens: inText(tokenizer, variant).map(named) })),
  );
}

/** The tokens of a text that something comes before: what a tokenizer puts in front of every text is left out. */
function inText(tokenizer: Tokenizer, text: string): number[] {
  const { ids, starts } = tokenizer.encode(`\n${text}`);
  const first = starts.findIndex((start) => start >= 1);
  const isApart = first >= 0 && starts[first] === 1 && first > 0;
  if (isApart) return [...ids.subarray(first)];
  // A line break that has no token of its own, or shares one.
  return [...tokenizer.encode(text).ids];
}

/** Bytes as text; undefined where they are not whole characters. */
function wholeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.slice());
  } catch {
    return undefined;
  }
}
