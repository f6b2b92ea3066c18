import { decodeUtf8, isContinuation } from '../../core/text/utf8';
import type { TextRef } from './api';

/** A text in a worker. */
export interface KeptText {
  readonly key: number;
  readonly bytes: Uint8Array;
  readonly codePoints: number;
  /** Made when it is first asked for. */
  readonly text: string;
}

/** Keeps the latest text, so that it needs to cross to the worker only once. */
export class TextKeeper {
  #current: KeptText | undefined;

  /** The text that is meant; undefined where it is not the latest and has come without its bytes. */
  take({ key, bytes }: TextRef): KeptText | undefined {
    if (bytes && this.#current?.key !== key) this.#current = keep(key, bytes);
    return this.#current?.key === key ? this.#current : undefined;
  }
}

function keep(key: number, bytes: Uint8Array): KeptText {
  let text: string | undefined;
  let codePoints = 0;
  for (let i = 0; i < bytes.length; i++) if (!isContinuation(bytes[i]!)) codePoints++;
  return {
    key,
    bytes,
    codePoints,
    get text() {
      text ??= decodeUtf8(bytes);
      return text;
    },
  };
}
