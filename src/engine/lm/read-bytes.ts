import type { ByteState } from './byte-state';
import type { ExactBytes } from './exact-bytes';
import { ALTERNATIVES, likeliest } from './read-tokens';

/** What a model expected at each byte of a text, whatever its tokens are. Of all arrays the first `count` are known. */
export interface ByteReading {
  /** -log2 of each byte's probability; their sum is the text's own, over all tokens that it may lie within. */
  readonly bits: Float64Array;
  /** How many bytes were likelier. */
  readonly ranks: Uint16Array;
  /** The `ALTERNATIVES` likeliest bytes, and their probabilities. */
  readonly best: Uint16Array;
  readonly chances: Float32Array;
  readonly count: number;
}

/** Reads a text byte by byte, and goes on where the same text goes on. */
export class ByteReader {
  readonly #exact: ExactBytes;
  #bytes = new Uint8Array();
  #reading: ByteReading = empty(0);
  #state: ByteState | undefined;
  #busy = false;

  constructor(exact: ExactBytes) {
    this.#exact = exact;
  }

  /** Whether a reading is under way: there is one at a time. */
  get isBusy(): boolean {
    return this.#busy;
  }

  /**
   * @param onProgress called with what is known so far, as often as it likes; the arrays are not copies
   * @throws TokenoscopeError `aborted`, `model-run`
   */
  async read(
    bytes: Uint8Array,
    onProgress: (reading: ByteReading) => void,
    signal?: AbortSignal,
  ): Promise<ByteReading> {
    this.#busy = true;
    try {
      return await this.#read(bytes, onProgress, signal);
    } finally {
      this.#busy = false;
    }
  }

  async #read(
    bytes: Uint8Array,
    onProgress: (reading: ByteReading) => void,
    signal: AbortSignal | undefined,
  ): Promise<ByteReading> {
    if (!this.#goesOn(bytes)) {
      this.#state = undefined;
      this.#reading = empty(0);
    }
    const next = empty(bytes.length);
    const { bits, ranks, best, chances, count } = this.#reading;
    next.bits.set(bits.subarray(0, count));
    next.ranks.set(ranks.subarray(0, count));
    next.best.set(best.subarray(0, count * ALTERNATIVES));
    next.chances.set(chances.subarray(0, count * ALTERNATIVES));
    this.#bytes = bytes.slice();
    this.#reading = { ...next, count };
    this.#state ??= await this.#exact.start(undefined, signal);
    for (let at = count; at < bytes.length; at++) {
      const byte = bytes[at]!;
      const { next: expected } = this.#state;
      next.bits[at] = -Math.log2(expected[byte]!);
      next.ranks[at] = expected.reduce((rank, chance) => rank + (chance > expected[byte]! ? 1 : 0), 0);
      const first = at * ALTERNATIVES;
      likeliest(expected, next.best.subarray(first, first + ALTERNATIVES));
      for (let i = first; i < first + ALTERNATIVES; i++) next.chances[i] = expected[next.best[i]!]!;
      // The last byte's state is needed where the text goes on.
      this.#state = await this.#exact.read(this.#state, [byte], signal);
      this.#reading = { ...next, count: at + 1 };
      onProgress(this.#reading);
    }
    return this.#reading;
  }

  /** Whether what has been read is the beginning of a text. */
  #goesOn(bytes: Uint8Array): boolean {
    const { count } = this.#reading;
    if (count > bytes.length) return false;
    for (let i = 0; i < count; i++) if (this.#bytes[i] !== bytes[i]) return false;
    return true;
  }
}

function empty(length: number): ByteReading {
  return {
    bits: new Float64Array(length),
    ranks: new Uint16Array(length),
    best: new Uint16Array(length * ALTERNATIVES),
    chances: new Float32Array(length * ALTERNATIVES),
    count: 0,
  };
}
