import type { TokenEntry } from './tokens';

/** A token by its id and its spelling in the vocabulary. */
export interface NamedToken {
  readonly id: number;
  readonly name: string;
}

/** One merge of a token's own; sides are indices of its symbols: where the left half begins, and the right one. */
export interface OwnMerge extends NamedToken {
  readonly rank: number;
  readonly left: number;
  readonly right: number;
}

/** A segmentation of a piece, and the sum of its tokens' log probabilities. */
export interface ScoredPath {
  readonly score: number;
  readonly tokens: readonly (NamedToken & { readonly score: number })[];
}

/** How a token came about, by the kind of its tokenizer's model. */
export type Formation =
  /** By merges, in order. */
  | { readonly kind: 'merges'; readonly symbols: readonly NamedToken[]; readonly merges: readonly OwnMerge[] }
  /** As part of the most likely segmentation of a piece of the text; the first path is the one in use. */
  | {
      readonly kind: 'paths';
      readonly piece: string;
      /** Of the token itself. */
      readonly score: number;
      readonly paths: readonly ScoredPath[];
    }
  /** As one of the longest tokens that fit, one after another; `from` and `to` are places in the word. */
  | {
      readonly kind: 'greedy';
      readonly word: string;
      readonly matches: readonly (NamedToken & { readonly from: number; readonly to: number })[];
      /** Whether they cover the word; otherwise the whole word is unknown. */
      readonly known: boolean;
    }
  /** Without steps: a single symbol, or found as a whole. */
  | { readonly kind: 'whole'; readonly isSymbol: boolean }
  /** The model only looks tokens up. */
  | { readonly kind: 'none' }
  /** The piece of text around it is too long to be traced here; its length in bytes. */
  | { readonly kind: 'too-long'; readonly bytes: number };

/** A form of the token's text, and the tokens that it becomes in the middle of a text. */
export interface TokenVariant {
  readonly text: string;
  readonly tokens: readonly NamedToken[];
}

/** What there is to know about one token of a text. */
export interface TokenExplanation {
  readonly entry: TokenEntry | undefined;
  readonly formation: Formation;
  /** Lower, upper and title case, each without and with a space in front; empty where its text is no whole word. */
  readonly variants: readonly TokenVariant[];
}
