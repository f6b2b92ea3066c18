/**
 * Splits one stretch of text into pieces that merges do not cross. `begin` sets the stretch, `next` gives the
 * byte where each piece ends, one after the other, until the stretch's end. The pieces tile the stretch.
 */
export interface PieceScanner {
  /**
   * @param text the whole text, well-formed; the stretch is its units `[unitStart, unitEnd)`
   * @param bytes the whole text's UTF-8; the stretch is its bytes `[start, end)`
   */
  begin(
    text: string,
    unitStart: number,
    unitEnd: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void;
  /** Byte offset of the end of the next piece. Do not call it beyond the stretch's end. */
  next(): number;
}
