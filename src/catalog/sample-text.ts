/** A sample text of the text lab: one chip. */
export interface SampleText {
  /** Never change or reuse one. The file has the same name. */
  readonly id: string;
  /** On the chip, in the text's own language where it has one. */
  readonly label: string;
  /** What to watch in the tokens, one sentence. */
  readonly hint: string;
  readonly text: string;
  /** Place among the chips. */
  readonly order: number;
}
