import { encodeUtf8 } from '../core/text/utf8';
import type { AddedToken } from './added-tokens';

/** Finds added tokens in UTF-8: the leftmost, and of those that begin at one place the longest. */
export class AddedTokenBytes {
  start = 0;
  end = 0;
  id = 0;
  /** By first byte, longest first. */
  readonly #tokens: (
    | { readonly bytes: Uint8Array; readonly id: number; readonly isText: boolean }[]
    | undefined
  )[] = [];
  readonly #begins = new Uint8Array(256);

  /** @param specialAsText takes special tokens as text, along with whatever else is within them */
  constructor(tokens: readonly AddedToken[], specialAsText = false) {
    for (const { content, id, special } of tokens) {
      const bytes = encodeUtf8(content);
      if (bytes.length === 0) continue;
      this.#begins[bytes[0]!] = 1;
      const list = this.#tokens[bytes[0]!] ?? [];
      list.push({ bytes, id, isText: special && specialAsText });
      this.#tokens[bytes[0]!] = list;
    }
    for (const list of this.#tokens) list?.sort((a, b) => b.bytes.length - a.bytes.length);
  }

  /** Sets `start`, `end` and `id` to the first token from `from` on; `start` and `end` to `to` where there is none. */
  next(text: Uint8Array, from: number, to: number): void {
    const begins = this.#begins;
    for (let at = from; at < to; at++) {
      if (begins[text[at]!] === 0) continue;
      for (const { bytes, id, isText } of this.#tokens[text[at]!]!) {
        if (at + bytes.length > to) continue;
        let i = 1;
        while (i < bytes.length && bytes[i] === text[at + i]) i++;
        if (i < bytes.length) continue;
        if (isText) {
          at += bytes.length - 1;
          break;
        }
        this.start = at;
        this.end = at + bytes.length;
        this.id = id;
        return;
      }
    }
    this.start = to;
    this.end = to;
  }
}
