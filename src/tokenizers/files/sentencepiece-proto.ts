import { TokenoscopeError } from '../../core/errors';
import type { Vocabulary } from '../vocabulary';
import { fields, ProtobufError } from './protobuf';
import type { Steps } from './steps';
import { TokenList } from './token-list';

/** Types of pieces in sentencepiece_model.proto. */
export const NORMAL = 1;
export const UNKNOWN = 2;
export const CONTROL = 3;
export const USER_DEFINED = 4;

/** Types of models in sentencepiece_model.proto, from 1. */
const MODEL_TYPES = ['Unigram', 'BPE', 'WORD', 'CHAR'] as const;

/** A SentencePiece model, read. */
export interface SentencePieceProto {
  readonly type: (typeof MODEL_TYPES)[number];
  readonly vocabulary: Vocabulary;
  readonly scores: Float64Array;
  readonly types: Uint8Array;
  readonly byteFallback: boolean;
  readonly charsmap: Uint8Array;
  readonly dummyPrefix: boolean;
  readonly removeExtraWhitespace: boolean;
}

/**
 * Reads a SentencePiece `.model` (sentencepiece_model.proto) in small steps.
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

function* read(bytes: Uint8Array, fail: Fail): Steps<SentencePieceProto> {
  const list = new TokenList(fail);
  const scores: number[] = [];
  const types: number[] = [];
  const trainer = { type: 1, byteFallback: false };
  const normalizer = { charsmap: new Uint8Array(0), dummyPrefix: true, removeExtraWhitespace: true };
  for (const { number, start, end } of fields(bytes)) {
    if (number === 1 && end > start) {
      const piece = readPiece(bytes, start, end);
      if (!isUtf8(bytes.subarray(piece.from, piece.to))) throw fail('a piece is not UTF-8', piece.from);
      list.add(bytes, piece.from, piece.to, list.count, start);
      scores.push(piece.score);
      types.push(piece.type);
      if ((list.count & 1023) === 0) yield (0.7 * end) / bytes.length;
    }
    if (number === 2) readTrainer(bytes, start, end, trainer, fail);
    if (number === 3) readNormalizer(bytes, start, end, normalizer, fail);
  }
  if (list.count === 0) throw fail('it has no pieces', bytes.length);
  const type = MODEL_TYPES[trainer.type - 1];
  if (!type) throw fail(`its model has the unknown type ${trainer.type}`, 0);
  const vocabulary = yield* list.finish(false);
  return {
    type,
    vocabulary,
    scores: Float64Array.from(scores),
    types: Uint8Array.from(types),
    byteFallback: trainer.byteFallback,
    ...normalizer,
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
    if (field.number === 3) piece.type = field.value;
  }
  return piece;
}

function readTrainer(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: { type: number; byteFallback: boolean },
  fail: Fail,
): void {
  for (const field of fields(bytes, start, end)) {
    if (field.number === 3) into.type = field.value;
    if (field.number === 35) into.byteFallback = field.value === 1;
    if (field.number === 24 && field.value === 1) {
      throw fail(
        'it puts spaces at the ends of words (treat_whitespace_as_suffix), which is unknown here',
        start,
      );
    }
  }
}

function readNormalizer(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: { charsmap: Uint8Array; dummyPrefix: boolean; removeExtraWhitespace: boolean },
  fail: Fail,
): void {
  for (const field of fields(bytes, start, end)) {
    if (field.number === 2) into.charsmap = bytes.subarray(field.start, field.end);
    if (field.number === 3) into.dummyPrefix = field.value === 1;
    if (field.number === 4) into.removeExtraWhitespace = field.value === 1;
    if (field.number === 5 && field.value === 0) {
      throw fail('it leaves spaces as they are (escape_whitespaces), which is unknown here', start);
    }
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
