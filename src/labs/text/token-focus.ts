import { createStore, type StoreApi } from 'zustand';
import { changeOf } from '../../core/text/token-changes';
import { glyphOf } from '../../core/text/token-glyphs';
import type { Segmentation } from '../../engine/text/text.api';
import type { TextDocument } from './documents';

/** One token of one column, and the bytes of the text that it covers. */
export interface TokenPlace {
  readonly tokenizer: string;
  /** The tokenized text: while a newer one is being tokenized, the older one's tokens can still be pointed at. */
  readonly document: TextDocument;
  readonly index: number;
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** How the vocabulary spells a token that covers no text of its own, or has lost it; else absent. */
  readonly spelling?: string | undefined;
  /** Whether it has lost the text that it covers. */
  readonly isLost?: boolean;
  /** How the text that it covers was read otherwise than it is written (core/text/token-changes.ts); 0 where it was not. */
  readonly change: number;
}

/** A token of a column by its index. */
export function placeOf(
  tokenizer: string,
  document: TextDocument,
  { tokens, glyphs, changes }: Segmentation,
  index: number,
): TokenPlace {
  const glyph = glyphOf(glyphs, index);
  return {
    tokenizer,
    document,
    index,
    id: tokens.ids[index]!,
    start: tokens.starts[index]!,
    end: tokens.ends[index]!,
    change: changeOf(changes, index),
    ...(glyph < 0
      ? {}
      : { spelling: glyphs.spellings[glyphs.spelling[glyph]!], isLost: glyphs.lost[glyph] === 1 }),
  };
}

/** Which token the pointer or the keyboard is on, which one is pinned, and which of those its column shall scroll to. */
export interface TokenFocusState {
  readonly pointed: TokenPlace | null;
  readonly pinned: TokenPlace | null;
  readonly asked: TokenPlace | null;
}

/** The token that is read. */
export class TokenFocus {
  readonly store: StoreApi<TokenFocusState> = createStore<TokenFocusState>(() => ({
    pointed: null,
    pinned: null,
    asked: null,
  }));

  pointAt(pointed: TokenPlace | null): void {
    const { pointed: old } = this.store.getState();
    if (old === pointed || (old && pointed && isSame(old, pointed))) return;
    this.store.setState({ pointed });
  }

  /** Pins a token; pinning the pinned one unpins it. */
  togglePin(place: TokenPlace): void {
    const { pinned } = this.store.getState();
    this.store.setState({ pinned: pinned && isSame(pinned, place) ? null : place });
  }

  /** Pins a token that need not be in sight: its column scrolls to it. */
  goTo(place: TokenPlace): void {
    this.store.setState({ pinned: place, asked: place });
  }

  unpin(): void {
    this.store.setState({ pinned: null, asked: null });
  }

  /** Forgets both: the text has changed, and with it what every offset means. */
  forget(): void {
    this.store.setState({ pointed: null, pinned: null, asked: null });
  }

  /** Forgets the tokens that are shown no more. */
  keepOnly(isShown: (place: TokenPlace) => boolean): void {
    const { pointed, pinned } = this.store.getState();
    if (pointed && !isShown(pointed)) this.store.setState({ pointed: null });
    if (pinned && !isShown(pinned)) this.unpin();
  }
}

function isSame(a: TokenPlace, b: TokenPlace): boolean {
  return (
    a.document === b.document &&
    a.tokenizer === b.tokenizer &&
    a.index === b.index &&
    a.start === b.start &&
    a.end === b.end
  );
}
