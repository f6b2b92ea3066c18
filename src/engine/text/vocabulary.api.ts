import type { Origin } from '../../tokenizers/inspection/origins';
import type { Selection, TokenKind } from '../../tokenizers/inspection/select-tokens';
import type { SegmentProgress, TokenizerRef } from './text.api';

/** A vocabulary at a glance. */
export interface VocabularyFacts {
  /** Ids are below this. */
  readonly size: number;
  /** Ids that have a token. */
  readonly count: number;
  readonly kinds: Readonly<Record<TokenKind, number>>;
  /** Scripts of its tokens, the most frequent first. */
  readonly scripts: readonly { readonly name: string; readonly count: number }[];
  /** Bytes of the longest token. */
  readonly longest: number;
}

/**
 * Which tokens are listed: all; alike but for case and a leading space; with the same bytes; those that no text was found
 * for; and, compared with another vocabulary, those in both, in both under another id, and in this one only.
 */
export type TokenSet = 'all' | 'alike' | 'same' | 'unreached' | 'shared' | 'moved' | 'only';

/** In the order of the set (ids; groups of duplicates), or by length in bytes. */
export type TokenOrder = 'set' | 'longest' | 'shortest';

/** What to list. */
export interface ListArgs {
  readonly tokenizer: TokenizerRef;
  /** The vocabulary to compare with; needed by the sets that compare. */
  readonly other?: TokenizerRef | undefined;
  readonly selection: Selection;
  readonly set: TokenSet;
  readonly order: TokenOrder;
  /** The first row and how many. */
  readonly from: number;
  readonly count: number;
}

/** How a token comes out of texts. */
export interface TokenOrigin {
  readonly origin: Origin;
  /** Texts that were tried. */
  readonly tried: number;
  /** A text that gives it, where it is not its own. */
  readonly witness?: string | undefined;
}

/** A token as a list shows it. */
export interface ListedToken {
  readonly id: number;
  readonly bytes: Uint8Array;
  /** As the vocabulary spells it. */
  readonly name: string;
  readonly kinds: readonly TokenKind[];
  readonly script: string;
  /** How many are alike, in a list of duplicates. */
  readonly group?: number | undefined;
  /** In a list of tokens that no text was found for. */
  readonly origin?: TokenOrigin | undefined;
  /** Its id in the other vocabulary, where there is one and that has it. */
  readonly counterpart?: number | undefined;
}

/** A part of a list. */
export interface TokenPage {
  readonly total: number;
  readonly rows: readonly ListedToken[];
  /** Of all that is listed: how many tokens have so many bytes, by bytes. */
  readonly lengths: Uint32Array;
}

/** What a token is made of, down to symbols. */
export interface MergeNode {
  readonly id: number;
  readonly bytes: Uint8Array;
  /** Absent for symbols. */
  readonly halves?: readonly [MergeNode, MergeNode];
}

/** One token in full. */
export interface TokenCard {
  readonly token: ListedToken;
  readonly origin: TokenOrigin;
  /** Absent where the model does not merge. */
  readonly tree?: MergeNode | undefined;
  /** Tokens whose last merge takes it: the first of them, and how many there are. */
  readonly children: readonly ListedToken[];
  readonly childCount: number;
  /** Tokens with the same text but for case and a leading space. */
  readonly alike: readonly ListedToken[];
}

/** Methods of the text worker that look into vocabularies. What they find out is kept until the worker ends. */
export type VocabularyApi = {
  openVocabulary: {
    args: { readonly tokenizer: TokenizerRef };
    result: VocabularyFacts;
    progress: SegmentProgress;
  };
  listTokens: { args: ListArgs; result: TokenPage; progress: SegmentProgress };
  describeToken: {
    args: { readonly tokenizer: TokenizerRef; readonly id: number };
    /** Null where there is no such token. */
    result: TokenCard | null;
    progress: SegmentProgress;
  };
};
