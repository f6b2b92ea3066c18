import { ByteScanner, isLetter } from './byte-scanner';
import { classAt, lengthOf, MARK, NUMBER, OTHER, SPACE } from './unicode-classes';

/**
 * `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 * Qwen's differs in taking numbers one by one.
 */
export class Cl100kScanner extends ByteScanner {
  readonly #digits: number;

  /** @param digits most number characters in a piece */
  constructor(digits: number) {
    super();
    this.#digits = digits;
  }

  protected pieceEnd(at: number): number {
    const { bytes, end } = this;
    const lead = bytes[at]!;
    if (lead === 0x27) {
      const contraction = this.contraction(at, true);
      if (contraction > at) return contraction;
    }
    const kind = classAt(bytes, at);
    if (isLetter(kind)) return this.letters(at);
    if (kind === NUMBER) return this.numbers(at, this.#digits);
    const after = at + lengthOf(lead);
    const newline = lead === 0x0a || lead === 0x0d;
    const following = after < end ? classAt(bytes, after) : SPACE;
    if (!newline && isLetter(following)) return this.letters(after);
    if (kind !== SPACE) return this.newlines(this.others(after));
    if (lead === 0x20 && (following === OTHER || following === MARK)) {
      return this.newlines(this.others(after));
    }
    return this.whitespace(at, true);
  }

  /** End of the run of `[\r\n]`. */
  protected newlines(at: number): number {
    const { bytes, end } = this;
    while (at < end && (bytes[at] === 0x0a || bytes[at] === 0x0d)) at++;
    return at;
  }
}
