import { encodeUtf8, utf8Length } from '../../core/text/utf8';
import type { PieceScanner } from '../pretokenizers/scanner';
import type { SpecialTokens } from '../special-tokens';
import { TilingWriter } from '../token-writer';
import type { PieceEncoder, PieceRun } from './piece-encoder';

/** The encoding of one text: stretches between special tokens, pieces within a stretch. */
export class EncodeJob {
  readonly out: TilingWriter;
  readonly #text: string;
  readonly #bytes: Uint8Array;
  readonly #scanner: PieceScanner;
  readonly #special: SpecialTokens | undefined;
  readonly #encoder: PieceEncoder;
  #unit = 0;
  #byte = 0;
  #stretchEnd = 0;
  #pending: { end: number; id: number } | undefined;
  /** A long piece in progress, which ends at `#runEnd`. */
  #run: PieceRun | undefined;
  #runEnd = 0;

  /**
   * @param text well-formed
   * @param special the special tokens to parse, if any
   */
  constructor(
    text: string,
    scanner: PieceScanner,
    special: SpecialTokens | undefined,
    encoder: PieceEncoder,
  ) {
    this.#text = text;
    this.#bytes = encodeUtf8(text);
    this.#scanner = scanner;
    this.#special = special;
    this.#encoder = encoder;
    this.out = new TilingWriter(this.#bytes.length >> 1);
    this.#beginStretch();
  }

  /** Encodes about `budget` bytes more; returns the share done. */
  step(budget: number): number {
    const bytes = this.#bytes;
    const until = Math.min(bytes.length, this.#byte + budget);
    while (this.#byte < until || this.#pending) {
      if (this.#run) {
        if (!this.#run.advance(budget, this.out)) break;
        this.#byte = this.#runEnd;
        this.#run = undefined;
      }
      this.#pieces(until);
      if (this.#run) break;
      if (this.#byte < this.#stretchEnd || !this.#pending) break;
      const { id, end } = this.#pending;
      this.#byte += utf8Length(this.#text, this.#unit, end);
      this.out.push(id, this.#byte);
      this.#unit = end;
      this.#beginStretch();
    }
    return bytes.length === 0 ? 1 : this.#byte / bytes.length;
  }

  #pieces(until: number): void {
    const bytes = this.#bytes;
    const scanner = this.#scanner;
    const encoder = this.#encoder;
    const { out } = this;
    const last = Math.min(until, this.#stretchEnd);
    let at = this.#byte;
    while (at < last) {
      const end = scanner.next();
      this.#run = encoder.encode(bytes, at, end, out);
      if (this.#run) {
        this.#runEnd = end;
        break;
      }
      at = end;
    }
    this.#byte = at;
  }

  #beginStretch(): void {
    const match = this.#special?.next(this.#text, this.#unit);
    const unitEnd = match?.start ?? this.#text.length;
    this.#stretchEnd = match ? this.#byte + utf8Length(this.#text, this.#unit, unitEnd) : this.#bytes.length;
    this.#scanner.begin(this.#text, this.#unit, unitEnd, this.#bytes, this.#byte, this.#stretchEnd);
    this.#unit = unitEnd;
    this.#pending = match && { id: match.id, end: match.end };
  }
}
