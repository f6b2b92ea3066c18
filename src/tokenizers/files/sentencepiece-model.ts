import { decodeUtf8 } from '../../core/text/utf8';
import { assemble, type LoadedTokenizerFile } from '../hugging-face/assemble';
import type { JsonObject } from '../hugging-face/json';
import { modelSteps } from '../hugging-face/models';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import {
  BYTE,
  CONTROL,
  readSentencePiece,
  type SentencePieceNormalizerSpec,
  type SentencePieceProto,
  UNKNOWN,
  UNUSED,
  USER_DEFINED,
} from './sentencepiece-proto';
import { type Steps, within } from './steps';
import { type TokenizerConfig, withConfig } from './tokenizer-config';

/**
 * Builds a tokenizer from a SentencePiece `.model` in small steps: BPE, Unigram, characters or words.
 * @param config what lies beside it, where something does
 * @throws TokenoscopeError `tokenizer-corrupt`
 */
export function* sentencePieceSteps(
  bytes: Uint8Array,
  name: string,
  config?: TokenizerConfig,
): Steps<LoadedTokenizerFile> {
  const { json, model } = yield* within(0, 0.8, readSentencePieceModel(bytes, name));
  const whole = config ? withConfig(json, model.vocabulary, config) : json;
  return assemble(whole, yield* within(0.8, 0.99, modelSteps(model)), undefined);
}

/**
 * Reads a SentencePiece `.model` in small steps, in the form of a `tokenizer.json`: its normalizer, model and decoder
 * are of the type `SentencePiece`, which files of Hugging Face do not have.
 * @throws TokenoscopeError `tokenizer-corrupt`
 */
export function* readSentencePieceModel(bytes: Uint8Array, name: string): Steps<ReadTokenizerJson> {
  return ofSentencePiece(yield* readSentencePiece(bytes, name));
}

/** A SentencePiece model, wherever it was read, in the form of a `tokenizer.json`. */
export function ofSentencePiece(proto: SentencePieceProto): ReadTokenizerJson {
  const { vocabulary, scores, types } = proto;
  const piece = (id: number) => decodeUtf8(vocabulary.bytesOf(id));
  const idsOf = (type: number) => [...types.keys()].filter((id) => types[id] === type);
  const symbols = idsOf(USER_DEFINED).map(piece);
  const [unknown] = idsOf(UNKNOWN);
  const control = idsOf(CONTROL);
  const special = unknown === undefined ? control : [unknown, ...control];
  const json = {
    added_tokens: special.map((id) => ({ id, content: piece(id), normalized: false, special: true })),
    normalizer: normalizer(proto.normalizer, proto.whitespaceAsSuffix, symbols),
    decoder: {
      type: 'SentencePiece',
      control: control.map(piece),
      unknown: unknown === undefined ? null : piece(unknown),
      unknown_surface: proto.unknownSurface,
      byte_fallback: proto.byteFallback,
      add_dummy_prefix: proto.normalizer.dummyPrefix,
      remove_extra_whitespaces: proto.normalizer.removeExtraWhitespace,
      denormalizer: proto.denormalizer ? normalizer(proto.denormalizer, false, []) : null,
    },
  };
  const model = {
    type: 'SentencePiece',
    algorithm: proto.type,
    byte_fallback: proto.byteFallback,
    unknown: unknown ?? null,
    control,
    user_defined: idsOf(USER_DEFINED),
    unused: idsOf(UNUSED),
    byte: idsOf(BYTE),
  };
  return { json, model: { json: model, vocabulary, scores, merges: undefined }, emptyIds: [] };
}

function normalizer(
  spec: SentencePieceNormalizerSpec,
  whitespaceAsSuffix: SentencePieceProto['whitespaceAsSuffix'],
  symbols: readonly string[],
): JsonObject {
  let charsmap = '';
  for (const byte of spec.charsmap) charsmap += String.fromCharCode(byte);
  return {
    type: 'SentencePiece',
    precompiled_charsmap: btoa(charsmap),
    add_dummy_prefix: spec.dummyPrefix,
    remove_extra_whitespaces: spec.removeExtraWhitespace,
    escape_whitespaces: spec.escapeWhitespace,
    treat_whitespace_as_suffix: whitespaceAsSuffix,
    user_defined_symbols: symbols,
  };
}
