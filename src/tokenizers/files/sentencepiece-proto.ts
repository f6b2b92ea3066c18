import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8 } from '../../core/text/utf8';
import type { Vocabulary } from '../vocabulary';
import { fields, ProtobufError } from './protobuf';
import type { Steps } from './steps';
import { named, TokenList } from './token-list';

/** Types of pieces in sentencepiece_model.proto. */
const NORMAL = 1;
export const UNKNOWN = 2;
export const CONTROL = 3;
export const USER_DEFINED = 4;
export const UNUSED = 5;
export const BYTE = 6;

/** Types of models in sentencepiece_model.proto, from 1. */
const MODEL_TYPES = ['Unigram', 'BPE', 'WORD', 'CHAR'] as const;

/** Bytes of a piece that the library refuses. */
const TOO_LONG = 8000;

/** What the library puts into a decoded text for an unknown piece, unless the model says otherwise. */
export const UNKNOWN_SURFACE = ' \u2047 ';

/** `NormalizerSpec`. */
export interface SentencePieceNormalizerSpec {
  readonly charsmap: Uint8Array;
  readonly dummyPrefix: boolean;
  readonly removeExtraWhitespace: boolean;
  readonly escapeWhitespace: boolean;
}

/** A SentencePiece model, read. */
export interface SentencePieceProto {
  readonly type: (typeof MODEL_TYPES)[number];
  readonly vocabulary: Vocabulary;
  readonly scores: Float64Array;
  readonly types: Uint8Array;
  readonly byteFallback: boolean;
  readonly whitespaceAsSuffix: boolean;
  readonly unknownSurface: string;
  readonly normalizer: SentencePieceNormalizerSpec;
  /** Applied to decoded text; undefined where there is none, as is nearly always so. */
  readonly denormalizer: SentencePieceNormalizerSpec | undefined;
}

/**
 * Reads a SentencePiece `.model` (sentencepiece_model.proto) in small steps. What the library refuses is refused.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the byte
 */
export function* readSentencePiece(bytes: Uint8Array, name: string): Steps<SentencePieceProto> {
  const fail = (what: string, at: number) =>
    new TokenoscopeError(
      'tokenizer-corrupt',
      `${name} is not usable as a SentencePiece model: ${what} (byte ${at}).`,
      'Check that the file is complete and unchanged.',
    );
  try {
    return yield* read(bytes, fail);
  } catch (cause) {
    if (cause instanceof ProtobufError) throw fail(cause.message, cause.at);
    throw cause;
  }
}

type Fail = (what: string, at: number) => TokenoscopeError;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Trainer = Mutable<Pick<SentencePieceProto, 'byteFallback' | 'whitespaceAsSuffix' | 'unknownSurface'>> & {
  type: number;
};

function* read(bytes: Uint8Array, fail: Fail): Steps<SentencePieceProto> {
  const list = new TokenList(fail);
  const scores: number[] = [];
  const types: number[] = [];
  const places: number[] = [];
  const trainer: Trainer = {
    type: 1,
    byteFallback: false,
    whitespaceAsSuffix: false,
    unknownSurface: UNKNOWN_SURFACE,
  };
  const normalizer = defaultNormalizer();
  const denormalizer = defaultNormalizer();
  for (const { number, start, end } of fields(bytes)) {
    if (number === 1 && end > start) {
      const piece = readPiece(bytes, start, end);
      checkPiece(bytes.subarray(piece.from, piece.to), piece, fail);
      list.add(bytes, piece.from, piece.to, list.count, start);
      scores.push(piece.score);
      types.push(piece.type);
      places.push(start);
      if ((list.count & 1023) === 0) yield (0.7 * end) / bytes.length;
    }
    if (number === 2) readTrainer(bytes, start, end, trainer);
    if (number === 3) readNormalizer(bytes, start, end, normalizer);
    if (number === 5) readNormalizer(bytes, start, end, denormalizer);
  }
  if (list.count === 0) throw fail('it has no pieces', bytes.length);
  const type = MODEL_TYPES[trainer.type - 1];
  if (!type) throw fail(`its model has the unknown type ${trainer.type}`, 0);
  const vocabulary = yield* list.finish(false);
  const { byteFallback, whitespaceAsSuffix, unknownSurface } = trainer;
  checkTypes(vocabulary, types, byteFallback, (what, id) => fail(what, places[id] ?? 0));
  return {
    type,
    vocabulary,
    scores: Float64Array.from(scores),
    types: Uint8Array.from(types),
    byteFallback,
    whitespaceAsSuffix,
    unknownSurface,
    normalizer,
    denormalizer: denormalizer.charsmap.length > 0 ? denormalizer : undefined,
  };
}

function defaultNormalizer(): Mutable<SentencePieceNormalizerSpec> {
  return {
    charsmap: new Uint8Array(0),
    dummyPrefix: true,
    removeExtraWhitespace: true,
    escapeWhitespace: true,
  };
}

function readPiece(bytes: Uint8Array, start: number, end: number) {
  const piece = { from: start, to: start, score: 0, type: NORMAL };
  for (const field of fields(bytes, start, end)) {
    if (field.number === 1) {
      piece.from = field.start;
      piece.to = field.end;
    }
    if (field.number === 2 && field.end - field.start === 4) {
      piece.score = new DataView(bytes.buffer, bytes.byteOffset + field.start, 4).getFloat32(0, true);
    }
    // Protocol buffers skip values that an enumeration does not have.
    if (field.number === 3 && field.value >= NORMAL && field.value <= BYTE) piece.type = field.value;
  }
  return piece;
}

function checkPiece(
  piece: Uint8Array,
  { from, score, type }: { from: number; score: number; type: number },
  fail: Fail,
): void {
  if (piece.length === 0) throw fail('a piece is empty', from);
  if (piece.length >= TOO_LONG) throw fail(`a piece has ${piece.length} bytes`, from);
  if (!isUtf8(piece)) throw fail('a piece is not UTF-8', from);
  if (!Number.isFinite(score)) throw fail(`${named(piece)} has the score ${score}`, from);
  if (piece.includes(0) && !(piece.length === 1 && type === UNUSED)) {
    throw fail(`${named(piece)} holds the character U+0000`, from);
  }
}

/** Whether there is one unknown piece, and a byte piece for each byte or none. */
function checkTypes(
  vocabulary: Vocabulary,
  types: readonly number[],
  byteFallback: boolean,
  fail: (what: string, id: number) => TokenoscopeError,
): void {
  let unknown = -1;
  const bytes = new Set<string>();
  types.forEach((type, id) => {
    if (type === UNKNOWN) {
      if (unknown >= 0) throw fail('it has two unknown pieces', id);
      unknown = id;
    }
    if (type !== BYTE) return;
    const piece = decodeUtf8(vocabulary.bytesOf(id));
    if (!byteFallback) throw fail(`${piece} is a byte piece, but byte_fallback is off`, id);
    if (!/^<0x[0-9A-F]{2}>$/.test(piece)) throw fail(`${JSON.stringify(piece)} is no byte piece`, id);
    bytes.add(piece);
  });
  if (byteFallback && bytes.size < 256) {
    throw fail(`byte_fallback needs 256 byte pieces, and it has ${bytes.size}`, types.length);
  }
  if (unknown < 0 && !byteFallback) throw fail('it has no unknown piece', types.length);
}

function readTrainer(bytes: Uint8Array, start: number, end: number, into: Trainer): void {
  for (const field of fields(bytes, start, end)) {
    if (field.number === 3) into.type = field.value;
    if (field.number === 24) into.whitespaceAsSuffix = field.value !== 0;
    if (field.number === 35) into.byteFallback = field.value !== 0;
    if (field.number === 44) into.unknownSurface = decodeUtf8(bytes.subarray(field.start, field.end));
  }
}

function readNormalizer(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Mutable<SentencePieceNormalizerSpec>,
): void {
  for (const field of fields(bytes, start, end)) {
    if (field.number === 2) into.charsmap = bytes.subarray(field.start, field.end);
    if (field.number === 3) into.dummyPrefix = field.value !== 0;
    if (field.number === 4) into.removeExtraWhitespace = field.value !== 0;
    if (field.number === 5) into.escapeWhitespace = field.value !== 0;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  }
  return true;
}
