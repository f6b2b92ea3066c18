import type { Tokenizer } from '../../core/text/tokens';
import { decodeUtf8 } from '../../core/text/utf8';
import { contextsOf } from './contexts';
import { utf8Parts } from './utf8-parts';
import { ADDED, BYTE, bytesOf, PRESENT, SPECIAL, type VocabularyTable } from './vocabulary-table';

/** How a text produces a token, or why none does. */
export const ORIGINS = [
  /** There is no such token. */
  'none',
  /** Its own text gives it alone. */
  'text',
  /** A text that holds it does. */
  'context',
  /** Its name does, where special tokens are parsed. */
  'special',
  /** Proved: merging its own symbols ends in other tokens, so merging does in every text. */
  'merges',
  /** Proved: no UTF-8 holds its bytes. */
  'bytes',
  /** Proved: it stands for one byte that is a character, and that character has a token, which is taken instead. */
  'character',
  /** No text that was tried gives it; that is no proof. */
  'untraced',
] as const;

export type Origin = (typeof ORIGINS)[number];

/** The origin of every token of a vocabulary. */
export interface Origins {
  /** By id: a place in `ORIGINS`. */
  readonly kinds: Uint8Array;
  /** By id: how many texts were tried. */
  readonly tried: Uint16Array;
  /** By id: the text that gives the token, where it is not its own. */
  readonly witnesses: ReadonlyMap<number, string>;
}

/**
 * Looks for a text that produces each token, in steps; yields the share done.
 *
 * Proofs. A token whose bytes are in no UTF-8 comes from no text. Of BPE: which merges happen within a token that comes
 * out in the end depends on its own symbols alone, for none of them crosses its border, and of those within it the lowest
 * rank is the next one in any text. So a token that its own symbols do not merge to never comes out of merges. Where
 * pieces that are tokens are taken whole, it may still be such a piece; pieces are made of whole characters, so a token
 * with a part of one is not.
 */
export function* findOrigins(tokenizer: Tokenizer, table: VocabularyTable): Generator<number, Origins> {
  const { size, flags } = table;
  const kinds = new Uint8Array(size);
  const tried = new Uint16Array(size);
  const witnesses = new Map<number, string>();
  let work = 0;
  for (let id = 0; id < size; id++) {
    if ((flags[id]! & PRESENT) === 0) continue;
    const found = originOf(tokenizer, table, id);
    kinds[id] = ORIGINS.indexOf(found.origin);
    tried[id] = found.tried;
    if (found.witness !== undefined) witnesses.set(id, found.witness);
    work += found.tried;
    if (work < 256) continue;
    yield id / size;
    work = 0;
  }
  return { kinds, tried, witnesses };
}

/** One token's origin, how many texts were tried, and the text that gives it. */
export interface FoundOrigin {
  readonly origin: Origin;
  readonly tried: number;
  readonly witness?: string;
}

/** The same for one token. */
export function originOf(tokenizer: Tokenizer, table: VocabularyTable, id: number): FoundOrigin {
  const bytes = bytesOf(table, id);
  const flags = table.flags[id]!;
  if ((flags & PRESENT) === 0) return { origin: 'none', tried: 0 };
  const gives = (text: string, special?: 'parse') => {
    try {
      return tokenizer.encode(text, special ? { special } : {}).ids.includes(id);
    } catch {
      // A text that the vocabulary cannot hold gives no token.
      return false;
    }
  };
  if ((flags & ADDED) !== 0) {
    const name = tokenizer.token(id)?.name ?? '';
    if ((flags & SPECIAL) === 0 && gives(name)) return { origin: 'text', tried: 1 };
    if (gives(name, 'parse')) return { origin: 'special', tried: 1 };
    return { origin: 'untraced', tried: 1 };
  }
  const parts = utf8Parts(bytes);
  if (bytes.length > 0 && !parts) return { origin: 'bytes', tried: 0 };
  const isWhole = parts !== undefined && parts.front === 0 && parts.back === 0;
  if (isWhole && bytes.length > 0) {
    const { ids } = encodeOr(tokenizer, decodeUtf8(bytes));
    if (ids.length === 1 && ids[0] === id) return { origin: 'text', tried: 1 };
  }
  const merged = (flags & BYTE) === 0 || bytes.length > 1 ? tokenizer.merged?.(id) : undefined;
  if (merged && !merged.isMade && !(merged.isTakenWhole && isWhole))
    return { origin: 'merges', tried: isWhole ? 1 : 0 };
  if (isShadowed(tokenizer, table, id)) return { origin: 'character', tried: isWhole ? 1 : 0 };
  let tried = isWhole ? 1 : 0;
  for (const text of contextsOf(bytes, parts)) {
    tried++;
    if (gives(text)) return { origin: 'context', tried, witness: text };
  }
  return { origin: 'untraced', tried };
}

/** Whether a token is the fallback for a byte which is a character that merges begin with. */
function isShadowed(tokenizer: Tokenizer, table: VocabularyTable, id: number): boolean {
  const [byte = 0x80, ...more] = bytesOf(table, id);
  if ((table.flags[id]! & BYTE) === 0 || byte >= 0x80 || more.length > 0) return false;
  const character = String.fromCharCode(byte);
  return tokenizer
    .idsOf(character)
    .some(
      (other) =>
        other !== id && tokenizer.token(other)?.name === character && tokenizer.merged?.(other)?.isMade,
    );
}

function encodeOr(tokenizer: Tokenizer, text: string): { readonly ids: ArrayLike<number> } {
  try {
    return tokenizer.encode(text);
  } catch {
    return { ids: [] };
  }
}
