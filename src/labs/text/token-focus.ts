import { create } from 'zustand';
import type { TextDocument } from './document';

/** One token of one column, and the bytes of the text that it covers. */
export interface TokenPlace {
  readonly tokenizer: string;
  /** The text that was cut: while a newer one is being cut, the older one's tokens can still be pointed at. */
  readonly document: TextDocument;
  readonly index: number;
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** Which token the pointer or the keyboard is on, and which one is pinned. */
export interface TokenFocusState {
  readonly pointed: TokenPlace | null;
  readonly pinned: TokenPlace | null;
}

export const useTokenFocus = create<TokenFocusState>(() => ({ pointed: null, pinned: null }));

export function pointAt(pointed: TokenPlace | null): void {
  const { pointed: old } = useTokenFocus.getState();
  if (old === pointed || (old && pointed && isSame(old, pointed))) return;
  useTokenFocus.setState({ pointed });
}

/** Pins a token; pinning the pinned one unpins it. */
export function togglePin(place: TokenPlace): void {
  const { pinned } = useTokenFocus.getState();
  useTokenFocus.setState({ pinned: pinned && isSame(pinned, place) ? null : place });
}

export function unpin(): void {
  useTokenFocus.setState({ pinned: null });
}

/** Forgets both: the text has changed, and with it what every offset means. */
export function forgetTokens(): void {
  useTokenFocus.setState({ pointed: null, pinned: null });
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
