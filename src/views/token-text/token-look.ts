/** How a token is drawn where its id does not decide it. */
export interface TokenLook {
  /** Class of its fill. */
  readonly fill: string | undefined;
  /** Classes of marks beside it. */
  readonly marks: string | undefined;
  /** What is added to its name for screen readers; may be empty. */
  readonly words: string;
}

/**
 * The look of a token of a segmentation.
 * @param continues whether the token has begun in another row
 * @param goesOn whether it goes on in the next row
 */
export type TokenLooks = (token: number, continues: boolean, goesOn: boolean) => TokenLook;
