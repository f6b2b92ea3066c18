/** What a file's headers tell, before anything is decoded. */
export interface PictureInfo {
  readonly format: PictureFormat;
  /** As displayed: EXIF rotation is applied. */
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
  /** The file ends before its picture does. */
  readonly truncated: boolean;
}

/** Formats that the page and the command line decode. */
export type PictureFormat = 'PNG' | 'JPEG' | 'WebP' | 'AVIF' | 'GIF' | 'BMP' | 'SVG';

/** Byte strings one after another. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Thrown by a reader that runs past the end; `inspectPicture` reports it as a truncated file. */
export class EndOfData extends Error {}

/** A cursor over bytes that throws `EndOfData` past the end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  #take(size: number): number {
    const at = this.offset;
    if (size < 0 || at + size > this.bytes.length) throw new EndOfData();
    this.offset += size;
    return at;
  }

  skip(size: number): void {
    this.#take(size);
  }

  u8(): number {
    return this.bytes[this.#take(1)]!;
  }

  u16(littleEndian = false): number {
    return this.#view.getUint16(this.#take(2), littleEndian);
  }

  u24(): number {
    const at = this.#take(3);
    return this.bytes[at]! | (this.bytes[at + 1]! << 8) | (this.bytes[at + 2]! << 16);
  }

  u32(littleEndian = false): number {
    return this.#view.getUint32(this.#take(4), littleEndian);
  }

  i32(littleEndian = false): number {
    return this.#view.getInt32(this.#take(4), littleEndian);
  }

  /** `size` bytes as Latin-1. */
  text(size: number): string {
    const at = this.#take(size);
    return String.fromCharCode(...this.bytes.subarray(at, at + size));
  }
}
