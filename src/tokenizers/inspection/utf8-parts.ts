import { isContinuation } from '../../core/text/utf8';

/** Bytes that are no whole UTF-8, as a middle of whole characters and what is missing at both ends. */
export interface Utf8Parts {
  /** Bytes at the front that continue a character which begins before. */
  readonly front: number;
  /** Bytes at the end that begin a character which goes on. */
  readonly back: number;
  /** Bytes that this last character lacks; 0 where there is none. */
  readonly missing: number;
}

/** Whether bytes are not well-formed UTF-8. */
export function utf8Fault(bytes: Uint8Array): boolean {
  const parts = utf8Parts(bytes);
  return parts === undefined || parts.front > 0 || parts.back > 0;
}

/** How bytes lie in UTF-8; undefined where no well-formed text holds them (Unicode, table 3-7). */
export function utf8Parts(bytes: Uint8Array): Utf8Parts | undefined {
  let at = 0;
  while (at < bytes.length && at < 3 && isContinuation(bytes[at]!)) at++;
  const front = at;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    const length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return undefined;
    const there = Math.min(length, bytes.length - at);
    for (let i = 1; i < there; i++) if (!isContinuation(bytes[at + i]!)) return undefined;
    if (there > 1 && !isSecond(lead, bytes[at + 1]!)) return undefined;
    if (there < length) return { front, back: there, missing: length - there };
    at += length;
  }
  return { front, back: 0, missing: 0 };
}

/** Whether a continuation byte may follow this lead: overlong forms, surrogates and what is too large may not. */
export function isSecond(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  return lead !== 0xf4 || second < 0x90;
}
