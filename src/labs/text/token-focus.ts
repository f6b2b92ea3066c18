import { createStore, type StoreApi } from 'zustand';
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
}

/** Which token the pointer or the keyboard is on, and which one is pinned. */
export interface TokenFocusState {
  readonly pointed: TokenPlace | null;
  readonly pinned: TokenPlace | null;
}

/** The token that is read. */
export class TokenFocus {
  readonly store: StoreApi<TokenFocusState> = createStore<TokenFocusState>(() => ({
    pointed: null,
    pinned: null,
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

  unpin(): void {
    this.store.setState({ pinned: null });
  }

  /** Forgets both: the text has changed, and with it what every offset means. */
  forget(): void {
    this.store.setState({ pointed: null, pinned: null });
  }

  /** Forgets the tokens that are shown no more. */
  keepOnly(isShown: (place: TokenPlace) => boolean): void {
    const { pointed, pinned } = this.store.getState();
    const left = {
      pointed: pointed && isShown(pointed) ? pointed : null,
      pinned: pinned && isShown(pinned) ? pinned : null,
    };
    if (left.pointed !== pointed || left.pinned !== pinned) this.store.setState(left);
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
