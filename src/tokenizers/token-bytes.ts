import type { DecodeStream } from '../core/text/tokens';

/** Joins the bytes of many tokens. */
export function joinTokens(ids: ArrayLike<number>, bytesOf: (id: number) => Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let i = 0; i < ids.length; i++) {
    const part = bytesOf(ids[i]!);
    parts.push(part);
    length += part.length;
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const NOTHING = new Uint8Array(0);

/** A stream of tokens whose bytes do not depend on their neighbours. */
export function streamTokens(bytesOf: (id: number) => Uint8Array): DecodeStream {
  return { push: bytesOf, end: () => NOTHING };
}

const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** The text to look up: lone surrogates as in every text; undefined for bytes that are not UTF-8. */
export function textOf(token: string | Uint8Array): string | undefined {
  if (typeof token === 'string') return token.toWellFormed();
  try {
    return strict.decode(token);
  } catch {
    return undefined;
  }
}
