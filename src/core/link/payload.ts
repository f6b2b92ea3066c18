import { TokenoscopeError } from '../errors';

/** What a link holds once inflated: a JSON head, and packed token ids that JSON would bloat. */
export interface Payload {
  readonly head: unknown;
  readonly blob: Uint8Array;
}

/** Lays out a payload: the head's length in bytes as a varint (LEB128), the head, the blob. */
export function joinPayload({ head, blob }: Payload): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const length = varint(json.length);
  const joined = new Uint8Array(length.length + json.length + blob.length);
  joined.set(length, 0);
  joined.set(json, length.length);
  joined.set(blob, length.length + json.length);
  return joined;
}

/** The inverse of `joinPayload`. @throws TokenoscopeError `link-invalid` */
export function splitPayload(bytes: Uint8Array): Payload {
  let length = 0;
  let at = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined || shift > 21) throw unreadable();
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  if (at + length > bytes.length) throw unreadable();
  try {
    const json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(at, at + length),
    );
    return { head: JSON.parse(json) as unknown, blob: bytes.subarray(at + length) };
  } catch (error) {
    throw unreadable(error);
  }
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function unreadable(cause?: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'link-invalid',
    'This link unpacks, but does not describe an experiment.',
    'Ask its sender for a new link.',
    { cause },
  );
}
