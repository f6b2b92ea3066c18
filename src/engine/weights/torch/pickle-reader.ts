import type { TokenoscopeError } from '../../../core/errors';
import { damaged } from '../damaged';

/** Thrown where the bytes end within the pickle: read more of the file, or it is cut. */
export class PickleEnds extends Error {}

const decoder = new TextDecoder();

/** The bytes of a pickle, one after the other. */
export class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  at: number;

  constructor(bytes: Uint8Array, at: number, name: string) {
    this.#bytes = bytes;
    this.at = at;
    this.#name = name;
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.#bytes.length) throw new PickleEnds();
    const part = this.#bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }

  view(length: number): DataView {
    const part = this.take(length);
    return new DataView(part.buffer, part.byteOffset, length);
  }

  /** A length or an index of 4 or 8 bytes. */
  length(bytes: 4 | 8): number {
    const view = this.view(bytes);
    return bytes === 4 ? view.getUint32(0, true) : Number(view.getBigUint64(0, true));
  }

  text(length: number): string {
    return decoder.decode(this.take(length));
  }

  line(): string {
    const end = this.#bytes.indexOf(10, this.at);
    if (end < 0) throw new PickleEnds();
    const text = decoder.decode(this.#bytes.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }

  damaged(what: string): TokenoscopeError {
    return damaged(this.#name, what);
  }
}
