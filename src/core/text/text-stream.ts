import type { DecodeStream } from './tokens';

/**
 * The text of ids that arrive one by one: characters come once they are complete, so that a token that ends
 * within one gives only what precedes it. All texts together are the decoded bytes as `decodeUtf8` reads
 * them: bytes that are not UTF-8 become U+FFFD, a byte-order mark stays.
 */
export class TextStream {
  readonly #bytes: DecodeStream;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(bytes: DecodeStream) {
    this.#bytes = bytes;
  }

  /** The characters that `id` completes. @throws RangeError for an id outside the vocabulary */
  push(id: number): string {
    return this.#decoder.decode(this.#bytes.push(id), { stream: true });
  }

  /** What is left; the beginning of a character that never ended is one U+FFFD. */
  end(): string {
    return this.#decoder.decode(this.#bytes.end());
  }
}
