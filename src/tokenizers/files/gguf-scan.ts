import { decodeUtf8 } from '../../core/text/utf8';

/** Value types of GGUF's metadata (ggml's gguf.md). */
export const STRING = 8;
export const ARRAY = 9;
/** Bytes of a value by type; texts and lists tell their own. */
const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];

const LONGEST_TEXT = 64 << 20;
const LONGEST_KEY = 65_535;
const LONGEST_LIST = 1 << 24;
const MOST_ENTRIES = 1 << 16;
const DEEPEST = 4;

/** What is wrong with a GGUF file, and at which byte of what was given. */
export class GgufError extends Error {
  readonly at: number;
  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

/** The beginning of a GGUF file. */
export interface GgufHeader {
  /** 1 to 3: version 1 has lengths of 32 bits. */
  readonly version: number;
  readonly isLittle: boolean;
  /** Of the metadata. */
  readonly entries: number;
  /** Its own length. */
  readonly length: number;
}

/** One entry of the metadata: bytes `[from, end)`, its value `[start, end)`. */
export interface GgufEntry {
  readonly key: string;
  readonly type: number;
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

/** Whether a file begins as GGUF does; a text may begin with these letters, so a version must follow. */
export function isGguf(head: Uint8Array): boolean {
  const magic = head[0] === 0x47 && head[1] === 0x47 && head[2] === 0x55 && head[3] === 0x46;
  return magic && (head[4] ?? 0x20) < 0x20;
}

/** Reads GGUF's header and metadata out of bytes that may end too early: then a method answers undefined. */
export class GgufScanner {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #isLittle = true;
  #isLong = true;

  /** @param header that of the file, where `bytes` lie further behind */
  constructor(bytes: Uint8Array, header?: GgufHeader) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (header) this.#take(header);
  }

  #take({ isLittle, version }: Pick<GgufHeader, 'isLittle' | 'version'>): void {
    this.#isLittle = isLittle;
    this.#isLong = version > 1;
  }

  /** @throws GgufError for an unknown version or a number of entries that no file has */
  header(): GgufHeader | undefined {
    const { bytes } = this;
    if (bytes.length < 24) return undefined;
    if (!isGguf(bytes)) throw new GgufError('it does not begin with GGUF', 0);
    // Of a number up to 3, the first or the last two bytes are 0.
    const isLittle = this.#view.getUint16(4, true) !== 0;
    const version = this.#view.getUint32(4, isLittle);
    if (version < 1 || version > 3) {
      throw new GgufError(`it has the version ${version}; known are 1 to 3`, 4);
    }
    this.#take({ isLittle, version });
    const width = this.#isLong ? 8 : 4;
    const entries = this.#count(8 + width);
    if (entries > MOST_ENTRIES) throw new GgufError(`it promises ${entries} entries of metadata`, 8 + width);
    return { version, isLittle, entries, length: 8 + 2 * width };
  }

  /** @throws GgufError where a length or a type is one that no file has */
  entry(from: number): GgufEntry | undefined {
    const keyEnd = this.#textEnd(from, LONGEST_KEY);
    if (keyEnd === undefined || keyEnd + 4 > this.bytes.length) return undefined;
    const key = this.text(from);
    const type = this.#view.getUint32(keyEnd, this.#isLittle);
    const end = this.#end(keyEnd + 4, type, 0);
    return end === undefined ? undefined : { key, type, from, start: keyEnd + 4, end };
  }

  /** The text whose length stands at `at`. */
  text(at: number): string {
    const [start, end] = this.textSpan(at);
    return decodeUtf8(this.bytes.subarray(start, end));
  }

  /** The bytes `[start, end)` of the text whose length stands at `at`. */
  textSpan(at: number): [number, number] {
    const start = at + (this.#isLong ? 8 : 4);
    return [start, start + this.#count(at)];
  }

  /** Of a list: the type and number of its elements, and where they begin. */
  list(at: number): { readonly type: number; readonly count: number; readonly start: number } {
    const type = this.#view.getUint32(at, this.#isLittle);
    return { type, count: this.#count(at + 4), start: at + 4 + (this.#isLong ? 8 : 4) };
  }

  /** A number or a truth value (as 0 or 1); undefined for any other type. */
  number(at: number, type: number): number | undefined {
    const view = this.#view;
    const little = this.#isLittle;
    switch (type) {
      case 0:
        return view.getUint8(at);
      case 1:
        return view.getInt8(at);
      case 2:
        return view.getUint16(at, little);
      case 3:
        return view.getInt16(at, little);
      case 4:
        return view.getUint32(at, little);
      case 5:
        return view.getInt32(at, little);
      case 6:
        return view.getFloat32(at, little);
      case 7:
        return view.getUint8(at) === 0 ? 0 : 1;
      case 10:
        return Number(view.getBigUint64(at, little));
      case 11:
        return Number(view.getBigInt64(at, little));
      case 12:
        return view.getFloat64(at, little);
      default:
        return undefined;
    }
  }

  /** Bytes of one value of a type; undefined for texts and lists. */
  static sizeOf(type: number): number | undefined {
    return SIZES[type] || undefined;
  }

  #count(at: number): number {
    return this.#isLong
      ? Number(this.#view.getBigUint64(at, this.#isLittle))
      : this.#view.getUint32(at, this.#isLittle);
  }

  #textEnd(at: number, longest: number): number | undefined {
    const width = this.#isLong ? 8 : 4;
    if (at + width > this.bytes.length) return undefined;
    const length = this.#count(at);
    if (length > longest) throw new GgufError(`a text of ${length.toLocaleString('en')} bytes`, at);
    const end = at + width + length;
    return end > this.bytes.length ? undefined : end;
  }

  #end(at: number, type: number, depth: number): number | undefined {
    if (type === STRING) return this.#textEnd(at, LONGEST_TEXT);
    if (type === ARRAY) return this.#listEnd(at, depth);
    const size = SIZES[type];
    if (!size) throw new GgufError(`a value has the unknown type ${type}`, at - 4);
    return at + size > this.bytes.length ? undefined : at + size;
  }

  #listEnd(at: number, depth: number): number | undefined {
    if (depth > DEEPEST) throw new GgufError('lists are nested too deep', at);
    if (at + 12 > this.bytes.length) return undefined;
    const { type, count, start } = this.list(at);
    if (count > LONGEST_LIST) throw new GgufError(`a list of ${count.toLocaleString('en')} values`, at);
    const size = SIZES[type];
    if (size) return start + size * count > this.bytes.length ? undefined : start + size * count;
    let end: number | undefined = start;
    for (let i = 0; i < count && end !== undefined; i++) end = this.#end(end, type, depth + 1);
    return end;
  }
}
