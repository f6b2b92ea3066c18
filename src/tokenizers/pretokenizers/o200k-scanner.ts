import { ByteScanner, isLetter } from './byte-scanner';
import { CASELESS, classAt, LOWER, lengthOf, MARK, NUMBER, OTHER, SPACE, UPPER } from './unicode-classes';

/**
 * With `A = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`, `B = [\p{Ll}\p{Lm}\p{Lo}\p{M}]`, `C = (?i:'s|'t|'re|'ve|'m|'ll|'d)?`:
 * `[^\r\n\p{L}\p{N}]?A*B+C|[^\r\n\p{L}\p{N}]?A+B*C|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 */
export class O200kScanner extends ByteScanner {
  protected pieceEnd(at: number): number {
    const { bytes, end } = this;
    const lead = bytes[at]!;
    const kind = classAt(bytes, at);
    if (isLetter(kind)) return this.#tail(this.#word(at));
    if (kind === NUMBER) return this.numbers(at, 3);
    const after = at + lengthOf(lead);
    if (lead !== 0x0a && lead !== 0x0d) {
      const ends = this.#lowerWord(after);
      if (ends > after) return this.#tail(ends);
      // A mark that no lower-case word follows is a word by itself: the first alternative takes it as B.
      if (kind === MARK) return this.#tail(after);
      const upper = this.#upperWord(after);
      if (upper > after) return this.#tail(upper);
    }
    if (kind !== SPACE) return this.#newlinesAndSlashes(this.others(after));
    const following = after < end ? classAt(bytes, after) : SPACE;
    if (lead === 0x20 && following === OTHER) return this.#newlinesAndSlashes(this.others(after));
    return this.whitespace(at, true);
  }

  #word(at: number): number {
    const lower = this.#lowerWord(at);
    return lower > at ? lower : this.#upperWord(at);
  }

  /** End of `A*B+`; `start` itself where it does not match. */
  #lowerWord(start: number): number {
    const { bytes, end } = this;
    let at = start;
    let kind = SPACE;
    // Where no lower-case letter follows A*, the last character of it that is also a B ends the word.
    let lastBoth = start;
    while (at < end) {
      kind = classAt(bytes, at);
      if (kind === CASELESS || kind === MARK) {
        at += lengthOf(bytes[at]!);
        lastBoth = at;
      } else if (kind === UPPER) at += lengthOf(bytes[at]!);
      else break;
    }
    if (at >= end || kind !== LOWER) return lastBoth;
    while (at < end) {
      kind = classAt(bytes, at);
      if (kind !== LOWER && kind !== CASELESS && kind !== MARK) break;
      at += lengthOf(bytes[at]!);
    }
    return at;
  }

  /** End of `A+`, where `A*B+` is known not to match; `start` itself where it does not match either. */
  #upperWord(start: number): number {
    const { bytes, end } = this;
    let at = start;
    while (at < end && classAt(bytes, at) === UPPER) at += lengthOf(bytes[at]!);
    return at;
  }

  #tail(at: number): number {
    return this.contraction(at, true);
  }

  #newlinesAndSlashes(at: number): number {
    const { bytes, end } = this;
    while (at < end && (bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x2f)) at++;
    return at;
  }
}
