import { lowerBound, type TokenBounds } from './boundaries';

/** Set where every tokenizer has a token with this very span. */
export const SHARED = 1;
/** Set where another tokenizer has no boundary at the token's start. */
export const OPENS_ALONE = 2;
/** The same at its end. */
export const ENDS_ALONE = 4;

/**
 * Whether other tokenizers cut a text as one does, asked token by token: a few look-ups, so that only the tokens in
 * view cost anything.
 */
export class Agreement {
  readonly #own: TokenBounds;
  readonly #others: readonly TokenBounds[];
  readonly #length: number;

  /**
   * @param own whose tokens are asked about; all spans ascend
   * @param others of the same text
   * @param length bytes of the text
   */
  constructor(own: TokenBounds, others: readonly TokenBounds[], length: number) {
    this.#own = own;
    this.#others = others;
    this.#length = length;
  }

  /** `SHARED`, `OPENS_ALONE` and `ENDS_ALONE` of a token, added. */
  of(token: number): number {
    const start = this.#own.starts[token]!;
    const end = this.#own.ends[token]!;
    let flags = SHARED;
    for (const other of this.#others) {
      if (!this.#isCut(other, start)) flags = (flags & ~SHARED) | OPENS_ALONE;
      if (!this.#isCut(other, end)) flags = (flags & ~SHARED) | ENDS_ALONE;
      if (flags & SHARED && !hasToken(other, start, end)) flags &= ~SHARED;
    }
    return flags;
  }

  #isCut({ starts, ends }: TokenBounds, at: number): boolean {
    if (at === 0 || at === this.#length) return true;
    return starts[lowerBound(starts, at)] === at || ends[lowerBound(ends, at)] === at;
  }
}

function hasToken({ starts, ends }: TokenBounds, start: number, end: number): boolean {
  for (let i = lowerBound(starts, start); starts[i] === start; i++) if (ends[i] === end) return true;
  return false;
}
