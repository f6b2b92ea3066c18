import { glyphOf, isWhiteSpace, type Spelling, type TokenGlyphs } from './token-glyphs';
import type { TokenSequence } from './token-sequence';

/** The token stands for other characters than those that it covers: lower case, without accents, NFKC. */
export const CHANGED = 1;

/** The token spells a space that the text does not have: the one that SentencePiece puts before a text. */
export const SPACE_ADDED = 2;

/**
 * The tokens whose text the tokenizer did not read as it is written. They are drawn as the text that they cover, so the
 * page marks them.
 */
export interface TokenChanges {
  /** The tokens, ascending. */
  readonly tokens: Uint32Array;
  /** Of each one, `CHANGED` or `SPACE_ADDED`, or both of them added up. */
  readonly kinds: Uint8Array;
}

export const NO_CHANGES: TokenChanges = { tokens: new Uint32Array(0), kinds: new Uint8Array(0) };

/** Tokens between two yields: a few milliseconds. */
const SLICE = 16_384;

const SPACE = 0x20;

/**
 * Finds the tokens whose own bytes are not the text that they cover. Tokens with a glyph are not among them: these are not
 * drawn as the text. Linear time.
 */
export function* findChanges(
  { ids, starts, ends }: TokenSequence,
  text: Uint8Array,
  glyphs: TokenGlyphs,
  vocabulary: Pick<Spelling, 'tokenBytes' | 'token'>,
): Generator<void, TokenChanges, void> {
  const bytesOf = new Map<number, Uint8Array>();
  const tokens: number[] = [];
  const kinds: number[] = [];
  let glyph = 0;
  for (let i = 0; i < ids.length; i++) {
    if (i % SLICE === SLICE - 1) yield;
    if (glyphs.tokens[glyph] === i) {
      glyph++;
      continue;
    }
    const id = ids[i]!;
    let own = bytesOf.get(id);
    if (!own) {
      own = vocabulary.tokenBytes(id);
      bytesOf.set(id, own);
    }
    const start = starts[i]!;
    const end = ends[i]!;
    if (own.length === end - start && isAt(own, 0, text, start, end)) continue;
    const isSpaceAdded =
      own[0] === SPACE &&
      !isWhiteSpace(text, start) &&
      !(start > 0 && isWhiteSpace(text, start - 1)) &&
      spellsSpace(vocabulary.token(id)?.name);
    const kind = (readsAs(own, text, start, end) ? 0 : CHANGED) + (isSpaceAdded ? SPACE_ADDED : 0);
    if (kind === 0) continue;
    tokens.push(i);
    kinds.push(kind);
  }
  return tokens.length === 0
    ? NO_CHANGES
    : { tokens: Uint32Array.from(tokens), kinds: Uint8Array.from(kinds) };
}

/** What is said about one token: `CHANGED`, `SPACE_ADDED`, both added up, or 0. */
export function changeOf(changes: TokenChanges, token: number): number {
  const at = glyphOf(changes, token);
  return at < 0 ? 0 : changes.kinds[at]!;
}

/**
 * Whether a token's bytes are the text, where a space before or behind them may be missing in the text: WordPiece's
 * decoder puts one between words, and a space before a word may belong to no token.
 */
function readsAs(own: Uint8Array, text: Uint8Array, start: number, end: number): boolean {
  const spare = own.length - (end - start);
  if (spare === 0) return isAt(own, 0, text, start, end);
  if (spare !== 1) return false;
  if (own[0] === SPACE) return isAt(own, 1, text, start, end);
  return own[own.length - 1] === SPACE && isAt(own, 0, text, start, end);
}

function isAt(own: Uint8Array, skip: number, text: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (own[skip + i - start] !== text[i]) return false;
  return true;
}

/** Whether a vocabulary writes a space at the front of a token: `▁the`, `Ġthe`. */
function spellsSpace(name = ''): boolean {
  return name.startsWith('\u2581') || name.startsWith('\u0120');
}
