import type { AlignedText } from '../aligned-text';
import type { Decoder } from '../decoders';
import type { Steps } from '../files/steps';
import type { TokenModel } from '../models/model';
import { SentencePieceBpe } from '../models/sentencepiece-bpe';
import { SentencePieceLookup } from '../models/sentencepiece-lookup';
import { Pieces } from '../models/sentencepiece-pieces';
import { SentencePieceUnigram } from '../models/sentencepiece-unigram';
import { PrecompiledMap } from '../normalizers/precompiled';
import { SentencePieceNormalizer } from '../normalizers/sentencepiece';
import { sentencePieceDecoder } from '../sentencepiece-decoder';
import type { Vocabulary } from '../vocabulary';
import { arrayAt, booleanAt, corrupt, idFrom, isObject, type JsonObject, stringAt } from './json';

/**
 * The model of a SentencePiece file, in the form of files/sentencepiece-model.ts.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function* sentencePieceModelSteps(
  json: JsonObject,
  vocabulary: Vocabulary,
  scores: Float64Array,
): Steps<TokenModel> {
  const place = 'model';
  const idsAt = (key: string) => arrayAt(json, key, place).map((id) => idFrom(id, `${place}.${key}`));
  const userDefined = idsAt('user_defined');
  const unknown = json['unknown'] ?? undefined;
  const pieces = new Pieces(vocabulary, {
    unknown: unknown === undefined ? undefined : idFrom(unknown, `${place}.unknown`),
    control: idsAt('control'),
    userDefined,
    unused: idsAt('unused'),
    byte: idsAt('byte'),
    byteFallback: booleanAt(json, 'byte_fallback', place),
  });
  const algorithm = stringAt(json, 'algorithm', place);
  if (algorithm === 'Unigram') return yield* SentencePieceUnigram.inSteps(pieces, scores, userDefined);
  if (algorithm === 'BPE') return new SentencePieceBpe(pieces, scores);
  return new SentencePieceLookup(pieces, algorithm === 'WORD');
}

/**
 * The normalizer of a SentencePiece file.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function sentencePieceNormalizer(json: JsonObject, place: string): (text: AlignedText) => AlignedText {
  const packed = stringAt(json, 'precompiled_charsmap', place);
  const normalizer = new SentencePieceNormalizer({
    map: packed === '' ? undefined : mapFrom(packed, place),
    dummyPrefix: booleanAt(json, 'add_dummy_prefix', place),
    removeExtraWhitespace: booleanAt(json, 'remove_extra_whitespaces', place),
    escapeWhitespace: booleanAt(json, 'escape_whitespaces', place),
    whitespaceAsSuffix: booleanAt(json, 'treat_whitespace_as_suffix', place),
    symbols: arrayAt(json, 'user_defined_symbols', place).map(String),
  });
  return (text) => normalizer.normalize(text);
}

/**
 * The decoder of a SentencePiece file.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function sentencePieceDecoderFrom(json: JsonObject, place: string): Decoder {
  const unknown = json['unknown'] ?? undefined;
  const denormalizer = json['denormalizer'];
  return sentencePieceDecoder({
    control: arrayAt(json, 'control', place).map(String),
    unknown: unknown === undefined ? undefined : String(unknown),
    unknownSurface: stringAt(json, 'unknown_surface', place),
    byteFallback: booleanAt(json, 'byte_fallback', place),
    dummyPrefix: booleanAt(json, 'add_dummy_prefix', place),
    removeExtraWhitespace: booleanAt(json, 'remove_extra_whitespaces', place),
    denormalize: isObject(denormalizer)
      ? sentencePieceNormalizer(denormalizer, `${place}.denormalizer`)
      : undefined,
  });
}

/** A precompiled character map in base64. @throws TokenoscopeError `tokenizer-corrupt` */
export function mapFrom(packed: string, place: string): PrecompiledMap {
  try {
    return new PrecompiledMap(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
  } catch {
    throw corrupt(`${place}.precompiled_charsmap`, 'is damaged');
  }
}
