import { characterWidth } from './cells';
import type { TokenSequence } from './token-sequence';

/**
 * The tokens that the text they cover would draw wrongly, and how the vocabulary spells them: tokens without a text of
 * their own (the space that SentencePiece puts before a text, the parts of a letter that a normalizer took apart), and
 * unknown tokens, whose text is lost.
 */
export interface TokenGlyphs {
  /** The tokens, ascending. */
  readonly tokens: Uint32Array;
  /** Of each one, the place of its spelling in `spellings`. */
  readonly spelling: Uint32Array;
  /** Of each one, 1 where it is an unknown token: the text that it covers is drawn behind it, as lost. */
  readonly lost: Uint8Array;
  /** At most `SPELLING_LIMIT` characters each. */
  readonly spellings: readonly string[];
}

/** The parts of a text that its tokens do not hold. */
export interface TokenLoss {
  /** How the vocabulary spells the unknown token; empty where it has none, and drops text silently. */
  readonly unknown: string;
  /** How many tokens are unknown. */
  readonly tokens: number;
  /** Bytes of the text that no token holds, white space apart. */
  readonly bytes: number;
}

/** What must be known about a vocabulary. */
export interface Spelling {
  /** The unknown token; undefined where the vocabulary has none. */
  readonly unknownId?: number | undefined;
  /** The bytes of a token, behind another one. */
  tokenBytes(id: number): Uint8Array;
  token(id: number): { readonly name: string } | undefined;
}

/** Characters of a spelling that are shown. */
const SPELLING_LIMIT = 24;

/** Half cells around a glyph: its outline and the room within. */
const GLYPH_MARGIN = 1;

const SPACE = 0x20;

export const NO_GLYPHS: TokenGlyphs = {
  tokens: new Uint32Array(0),
  spelling: new Uint32Array(0),
  lost: new Uint8Array(0),
  spellings: [],
};

/**
 * Finds the tokens that need a glyph. Where several tokens cover the same bytes, the text is drawn by one whose own
 * bytes it is; the others show their spelling. Linear time.
 */
export function findGlyphs(sequence: TokenSequence, text: Uint8Array, vocabulary: Spelling): TokenGlyphs {
  const { ids, starts, ends } = sequence;
  const count = ids.length;
  /** By token: 0 draws its text, 1 its spelling, 2 both. */
  const marks = new Uint8Array(count);
  let found = 0;
  const bytesOf = new Map<number, Uint8Array>();
  const isOwnText = (i: number) => {
    const id = ids[i]!;
    let own = bytesOf.get(id);
    if (!own) {
      own = vocabulary.tokenBytes(id);
      bytesOf.set(id, own);
    }
    return isText(own, text, starts[i]!, ends[i]!);
  };
  /** Where the text of tokens further right begins. */
  let drawnFrom = Number.POSITIVE_INFINITY;
  for (let i = count - 1; i >= 0; i--) {
    const start = starts[i]!;
    const end = ends[i]!;
    const isFree = end > start && end <= drawnFrom;
    const isCrowded =
      start === end || (i + 1 < count && starts[i + 1]! < end) || (i > 0 && ends[i - 1]! > start);
    const isUnknown = ids[i] === vocabulary.unknownId;
    const isDrawn = (!isCrowded && !isUnknown) || (isOwnText(i) && (isFree || !isCrowded));
    if (!isDrawn) {
      marks[i] = isUnknown && isFree ? 2 : 1;
      found++;
    }
    if (isDrawn || marks[i] === 2) drawnFrom = Math.min(drawnFrom, start);
  }
  if (found === 0) return NO_GLYPHS;
  const tokens = new Uint32Array(found);
  const lost = new Uint8Array(found);
  for (let i = 0, at = 0; i < count; i++) {
    if (marks[i] === 0) continue;
    lost[at] = marks[i] === 2 ? 1 : 0;
    tokens[at++] = i;
  }
  const places = new Map<number, number>();
  const spellings: string[] = [];
  const spelling = tokens.map((token) => {
    const id = ids[token]!;
    let place = places.get(id);
    if (place === undefined) {
      place = spellings.push(shortened(vocabulary.token(id)?.name ?? `id ${id}`)) - 1;
      places.set(id, place);
    }
    return place;
  });
  return { tokens, spelling, lost, spellings };
}

/** Whether a token's own bytes are a stretch of the text; it may spell a space before that the text does not have. */
function isText(own: Uint8Array, text: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length === 0) return false;
  const skip = own.length === length + 1 && own[0] === SPACE ? 1 : 0;
  if (own.length - skip !== length) return false;
  for (let i = 0; i < length; i++) if (own[skip + i] !== text[start + i]) return false;
  return true;
}

/**
 * The lost parts of the text: under unknown tokens, between tokens, and within those whose own bytes are what is left.
 * Null where nothing is lost. Linear time.
 */
export function findLoss(
  { ids, starts, ends }: TokenSequence,
  text: Uint8Array,
  glyphs: TokenGlyphs,
  vocabulary: Pick<Spelling, 'tokenBytes'>,
): TokenLoss | null {
  let tokens = 0;
  let bytes = 0;
  let unknown = '';
  glyphs.lost.forEach((isLost, i) => {
    if (!isLost) return;
    const token = glyphs.tokens[i]!;
    tokens++;
    bytes += ends[token]! - starts[token]!;
    unknown ||= glyphs.spellings[glyphs.spelling[i]!]!;
  });
  const bytesOf = new Map<number, Uint8Array>();
  let glyph = 0;
  ids.forEach((id, i) => {
    while (glyph < glyphs.tokens.length && glyphs.tokens[glyph]! < i) glyph++;
    if (glyphs.tokens[glyph] === i) return;
    const known = bytesOf.get(id);
    const own = known ?? vocabulary.tokenBytes(id);
    if (!known) bytesOf.set(id, own);
    if (own.length < ends[i]! - starts[i]!) bytes += droppedWithin(own, text, starts[i]!, ends[i]!);
  });
  let at = 0;
  const drop = (end: number) => {
    for (; at < end; at++) if (!isWhiteSpace(text, at)) bytes++;
  };
  for (let i = 0; i < starts.length; i++) {
    drop(starts[i]!);
    at = Math.max(at, ends[i]!);
  }
  drop(text.length);
  return bytes === 0 ? null : { unknown, tokens, bytes };
}

/** Bytes of a token's span that are not its own, where its own are all there and in order; 0 where they are not. */
function droppedWithin(own: Uint8Array, text: Uint8Array, start: number, end: number): number {
  let matched = own[0] === SPACE && text[start] !== SPACE ? 1 : 0;
  let dropped = 0;
  for (let at = start; at < end; at++) {
    if (matched < own.length && own[matched] === text[at]) matched++;
    else if (!isWhiteSpace(text, at)) dropped++;
  }
  return matched === own.length && own.length > 0 ? dropped : 0;
}

/** The bytes of white space: ASCII, U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000. */
export function isWhiteSpace(text: Uint8Array, at: number): boolean {
  const byte = text[at]!;
  if (byte < 0x80) return byte === SPACE || (byte >= 0x09 && byte <= 0x0d);
  let start = at;
  while (start > 0 && (text[start]! & 0xc0) === 0x80) start--;
  const lead = text[start]!;
  const second = text[start + 1] ?? 0;
  const third = text[start + 2] ?? 0;
  if (lead === 0xc2) return second === 0x85 || second === 0xa0;
  if (lead === 0xe1) return second === 0x9a && third === 0x80;
  if (lead === 0xe3) return second === 0x80 && third === 0x80;
  if (lead !== 0xe2) return false;
  if (second === 0x81) return third === 0x9f;
  return second === 0x80 && (third <= 0x8a || third === 0xa8 || third === 0xa9 || third === 0xaf);
}

/** The index of a token among the glyphs; -1 where it has none. */
export function glyphOf({ tokens }: Pick<TokenGlyphs, 'tokens'>, token: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]! < token) low = middle + 1;
    else high = middle;
  }
  return tokens[low] === token ? low : -1;
}

/** Width of a glyph in half cells. */
export function glyphWidth(spelling: string): number {
  let width = GLYPH_MARGIN;
  let isFirst = true;
  for (const character of spelling) {
    width += characterWidth(character.codePointAt(0)!, isFirst);
    isFirst = false;
  }
  return width;
}

function shortened(name: string): string {
  const characters = [...name.toWellFormed()];
  return characters.length > SPELLING_LIMIT ? `${characters.slice(0, SPELLING_LIMIT - 1).join('')}…` : name;
}
