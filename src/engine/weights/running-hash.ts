import { _SHA256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The state of a hash, as plain data that a browser can store. */
export interface HashState {
  /** The eight words, from 0 up, after the last whole block (FIPS 180-4, section 6.2). */
  readonly words: readonly number[];
  /** The bytes after it, fewer than a block. */
  readonly rest: Uint8Array;
  /** Bytes so far. */
  readonly length: number;
}

/** A sha256 that can be saved and resumed, also after the page was closed. */
export class RunningHash extends _SHA256 {
  static from(state: HashState): RunningHash {
    const hash = new RunningHash();
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state.words;
    hash.set(a, b, c, d, e, f, g, h);
    hash.buffer.set(state.rest);
    hash.pos = state.rest.length;
    hash.length = state.length;
    return hash;
  }

  state(): HashState {
    const words = this.get().map((word) => word >>> 0);
    return { words, rest: this.buffer.slice(0, this.pos), length: this.length };
  }

  /** Lower-case hex; more bytes can still be added. */
  hex(): string {
    return bytesToHex(this.clone().digest());
  }
}
