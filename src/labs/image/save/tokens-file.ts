/** A row of tokens with what it takes to read it. */
export interface TokensOfPicture {
  /** What the picture is called. */
  readonly picture: string;
  readonly model: string;
  /** First 8 hex digits of the decoder's sha256, where they are known. */
  readonly hash?: string | undefined;
  readonly ids: Uint32Array;
  /** Bits that an id takes. */
  readonly bits: number;
  /** Of the picture that the model draws, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** All that is known of the tokens. */
export function tokensJson({ picture, model, hash, ids, bits, width, height }: TokensOfPicture): string {
  const facts = {
    format: 'tokenoscope-tokens',
    picture,
    model,
    ...(hash ? { hash } : {}),
    width,
    height,
    bits,
  };
  return `${JSON.stringify({ ...facts, ids: [...ids] })}\n`;
}

/** One token a line: its place, counted from 0, and its id. */
export function tokensCsv({ ids }: TokensOfPicture): string {
  return `position,id\r\n${[...ids].map((id, i) => `${i},${id}\r\n`).join('')}`;
}

/** The ids as NumPy's format 1.0: little-endian int32 of shape [K]. */
export function tokensNpy({ ids }: TokensOfPicture): Uint8Array<ArrayBuffer> {
  const header = `{'descr': '<i4', 'fortran_order': False, 'shape': (${ids.length},), }`;
  // Magic, version and length take 10 bytes; the data begin at a multiple of 64.
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + padded.length + 4 * ids.length);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), 10);
  ids.forEach((id, i) => {
    view.setInt32(10 + padded.length + 4 * i, id, true);
  });
  return bytes;
}
