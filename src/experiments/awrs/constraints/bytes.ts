import { LAST_CHARACTER, type Reading } from './reading';

/** A character of which some bytes are read. */
interface Begun {
  /** What these bytes say of its code point. */
  readonly bits: number;
  /** Bytes to come; 0 where the character is whole. */
  readonly missing: number;
  /** The code points that begin with these bytes. */
  readonly low: number;
  readonly high: number;
  /** The least code point that needs as many bytes. */
  readonly least: number;
}

const NONE: Begun = { bits: 0, missing: 0, low: 0, high: 0, least: 0 };

/** A string of bytes under a constraint: valid UTF-8, no longer than allowed, and what the constraint says. Immutable. */
export class ByteReading {
  readonly #inner: Reading;
  /** Characters that may still come. */
  readonly #left: number;
  readonly #begun: Begun;

  private constructor(inner: Reading, left: number, begun: Begun) {
    this.#inner = inner;
    this.#left = left;
    this.#begun = begun;
  }

  /** @param most characters of a string, at most. Undefined where the constraint has no string that is so short. */
  static start(constraint: Reading, most: number): ByteReading | undefined {
    return constraint.shortest <= most ? new ByteReading(constraint, most, NONE) : undefined;
  }

  /** Whether the string is valid as it stands. */
  get isComplete(): boolean {
    return this.#begun.missing === 0 && this.#inner.shortest === 0;
  }

  /** Reads the bytes of a token; undefined where the string cannot become valid any more. */
  readAll(bytes: Uint8Array): ByteReading | undefined {
    let at: ByteReading | undefined = this;
    for (let i = 0; i < bytes.length && at; i++) at = at.#read(bytes[i]!);
    return at;
  }

  #read(byte: number): ByteReading | undefined {
    if (this.#left === 0) return undefined;
    const next = this.#begun.missing === 0 ? leading(byte) : continued(this.#begun, byte);
    if (!next) return undefined;
    if (next.missing > 0) {
      const isLong = this.#inner.shortestBehind(next.low, next.high) >= this.#left;
      return isLong ? undefined : new ByteReading(this.#inner, this.#left, next);
    }
    const inner = this.#inner.read(next.bits);
    return inner && inner.shortest < this.#left ? new ByteReading(inner, this.#left - 1, NONE) : undefined;
  }
}

/** What the first byte of a character says (RFC 3629). */
function leading(byte: number): Begun | undefined {
  if (byte < 0x80) return { bits: byte, missing: 0, low: byte, high: byte, least: 0 };
  if (byte >= 0xc2 && byte <= 0xdf) return begun(byte & 0x1f, 1, 0x80);
  if (byte >= 0xe0 && byte <= 0xef) return begun(byte & 0x0f, 2, 0x800);
  if (byte >= 0xf0 && byte <= 0xf4) return begun(byte & 0x07, 3, 0x10000);
  return undefined;
}

function continued({ bits, missing, least }: Begun, byte: number): Begun | undefined {
  return (byte & 0xc0) === 0x80 ? begun((bits << 6) | (byte & 0x3f), missing - 1, least) : undefined;
}

/** Undefined where no code point begins like this: overlong forms, surrogates, what is beyond the last one. */
function begun(bits: number, missing: number, least: number): Begun | undefined {
  let low = Math.max(least, bits << (6 * missing));
  let high = Math.min(LAST_CHARACTER, ((bits + 1) << (6 * missing)) - 1);
  if (low >= 0xd800 && low <= 0xdfff) low = 0xe000;
  if (high >= 0xd800 && high <= 0xdfff) high = 0xd7ff;
  return low <= high ? { bits, missing, low, high, least } : undefined;
}
