import { encodeUtf8 } from '../../core/text/utf8';
import type { AlignedText } from '../aligned-text';
import { utf8LengthOf } from '../aligned-text';
import type { Vocabulary } from '../vocabulary';
import type { EmitToken } from './model';
import { SymbolMatcher } from './symbol-matcher';
import { byteToken } from './unigram';

/** Which pieces of a SentencePiece model are not normal ones; ids. */
export interface PieceTypes {
  readonly unknown: number | undefined;
  readonly control: readonly number[];
  readonly userDefined: readonly number[];
  readonly unused: readonly number[];
  readonly byte: readonly number[];
  readonly byteFallback: boolean;
}

const UNUSED = 1;
const RESERVED = 2;

/** The pieces of a SentencePiece model, whatever its algorithm. */
export class Pieces {
  readonly vocabulary: Vocabulary;
  readonly unknown: number | undefined;
  readonly byteFallback: boolean;
  /** User-defined symbols; undefined where there are none. */
  readonly symbols: SymbolMatcher | undefined;
  readonly hasUnused: boolean;
  readonly userDefined: ReadonlySet<number>;
  /** 0 for all others. */
  readonly #kinds: Uint8Array;
  /** The id of each byte; empty without byte fallback. */
  readonly #bytes: readonly number[];

  constructor(vocabulary: Vocabulary, types: PieceTypes) {
    this.vocabulary = vocabulary;
    this.unknown = types.unknown;
    this.byteFallback = types.byteFallback;
    this.userDefined = new Set(types.userDefined);
    this.hasUnused = types.unused.length > 0;
    this.#kinds = new Uint8Array(vocabulary.size);
    const mark = (ids: readonly number[], kind: number) => {
      for (const id of ids) this.#kinds[id] = kind;
    };
    mark(types.unused, UNUSED);
    mark(types.control, RESERVED);
    mark(types.byte, RESERVED);
    if (types.unknown !== undefined) mark([types.unknown], RESERVED);
    const symbols = types.userDefined.map((id) => new TextDecoder().decode(vocabulary.bytesOf(id)));
    this.symbols = symbols.length > 0 ? new SymbolMatcher(symbols) : undefined;
    this.#bytes = types.byteFallback
      ? Array.from({ length: 256 }, (_, byte) => {
          const name = encodeUtf8(byteToken(byte));
          return vocabulary.find(name, 0, name.length);
        })
      : [];
  }

  /** Whether a text may become this piece, or at least be merged into it on the way to others. */
  isTextual(id: number): boolean {
    return id >= 0 && this.#kinds[id] !== RESERVED;
  }

  isUnused(id: number): boolean {
    return this.#kinds[id] === UNUSED;
  }

  /** The piece that points are, -1 where they are none, or one that no text becomes. */
  find(points: Uint32Array, from: number, to: number): number {
    const bytes = encodePoints(points, from, to);
    const id = this.vocabulary.find(bytes, 0, bytes.length);
    return this.isTextual(id) && !this.isUnused(id) ? id : -1;
  }

  /**
   * Passes pieces on as the library's processor does: unknown ones become bytes, or are joined with their neighbours.
   * Call it with the pieces of a text in order, and at the end `flush`.
   */
  writer(piece: AlignedText, emit: EmitToken): PieceWriter {
    return new PieceWriter(this, piece, emit);
  }

  /** Emits the byte pieces of the points `[from, to)`. */
  emitBytes({ points }: AlignedText, from: number, to: number, emit: EmitToken): void {
    for (let i = from; i < to; i++) {
      const bytes = encodePoints(points, i, i + 1);
      for (let k = 0; k < bytes.length; k++) {
        const end = k === bytes.length - 1 ? 4 * (i + 1) : 4 * i + k + 1;
        emit(this.#bytes[bytes[k]!]!, 4 * i + k, end);
      }
    }
  }
}

/** See `Pieces.writer`. */
export class PieceWriter {
  readonly #pieces: Pieces;
  readonly #piece: AlignedText;
  readonly #emit: EmitToken;
  /** The unknown stretch that is not passed on yet; empty for none. */
  #from = 0;
  #to = 0;

  constructor(pieces: Pieces, piece: AlignedText, emit: EmitToken) {
    this.#pieces = pieces;
    this.#piece = piece;
    this.#emit = emit;
  }

  /** A piece of the points `[from, to)`; an id below 0 is unknown. */
  push(id: number, from: number, to: number): void {
    const { unknown, byteFallback } = this.#pieces;
    if (id < 0 || id === unknown) {
      if (byteFallback) this.#pieces.emitBytes(this.#piece, from, to, this.#emit);
      else {
        if (this.#from === this.#to) this.#from = from;
        this.#to = to;
      }
      return;
    }
    this.flush();
    this.#emit(id, 4 * from, 4 * to);
  }

  flush(): void {
    if (this.#from < this.#to) this.#emit(this.#pieces.unknown!, 4 * this.#from, 4 * this.#to);
    this.#from = this.#to;
  }
}

/** The points `[from, to)` in UTF-8. */
export function encodePoints(points: Uint32Array, from: number, to: number): Uint8Array {
  let length = 0;
  for (let i = from; i < to; i++) length += utf8LengthOf(points[i]!);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let i = from; i < to; i++) {
    const point = points[i]!;
    if (point < 0x80) bytes[at++] = point;
    else {
      const size = utf8LengthOf(point);
      bytes[at++] = (0xf00 >> size) | (point >> (6 * (size - 1)));
      for (let shift = 6 * (size - 2); shift >= 0; shift -= 6) bytes[at++] = 0x80 | ((point >> shift) & 0x3f);
    }
  }
  return bytes;
}
