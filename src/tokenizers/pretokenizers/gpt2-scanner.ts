import { ByteScanner, isLetter } from './byte-scanner';
import { classAt, NUMBER, SPACE } from './unicode-classes';

/** `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+` */
export class Gpt2Scanner extends ByteScanner {
  protected pieceEnd(at: number): number {
    const { bytes } = this;
    const lead = bytes[at]!;
    if (lead === 0x27) {
      const end = this.contraction(at, false);
      if (end > at) return end;
    }
    const body = lead === 0x20 && at + 1 < this.end ? at + 1 : at;
    const kind = classAt(bytes, body);
    if (isLetter(kind)) return this.letters(body);
    if (kind === NUMBER) return this.numbers(body, Number.POSITIVE_INFINITY);
    if (kind === SPACE) return this.whitespace(at, false);
    return this.others(body);
  }
}
