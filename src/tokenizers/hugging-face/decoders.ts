import {
  bpeDecoder,
  byteFallbackDecoder,
  byteLevelDecoder,
  ctcDecoder,
  type Decoder,
  decoderChain,
  fuseDecoder,
  metaspaceDecoder,
  replaceDecoder,
  stripDecoder,
  wordPieceDecoder,
} from '../decoders';
import { booleanAt, characterAt, countAt, type JsonObject, sequence, stringAt, unsupported } from './json';
import { type Expressions, literal, patternAt } from './patterns';
import { metaspaceOptions } from './pre-tokenizers';
import { sentencePieceDecoderFrom } from './sentencepiece';

/**
 * The decoder that a tokenizer.json describes.
 * @param expressions where it has any
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function decoderFrom(json: JsonObject, place: string, expressions: Expressions | undefined): Decoder {
  const type = stringAt(json, 'type', place);
  switch (type) {
    case 'ByteLevel':
      return byteLevelDecoder;
    case 'ByteFallback':
      return byteFallbackDecoder;
    case 'Fuse':
      return fuseDecoder;
    case 'Replace': {
      const pattern = patternAt(json, place, expressions);
      // Nothing is found between all characters, as by an expression.
      return replaceDecoder(pattern === '' ? literal('') : pattern, stringAt(json, 'content', place));
    }
    case 'Strip':
      return stripDecoder(
        characterAt(json, 'content', place),
        countAt(json, 'start', place),
        countAt(json, 'stop', place),
      );
    case 'Metaspace': {
      const { prepend } = metaspaceOptions(json, place);
      return metaspaceDecoder(characterAt(json, 'replacement', place, '\u2581'), prepend !== 'never');
    }
    case 'WordPiece':
      return wordPieceDecoder(stringAt(json, 'prefix', place, '##'), booleanAt(json, 'cleanup', place, true));
    case 'BPEDecoder':
      return bpeDecoder(stringAt(json, 'suffix', place, '</w>'));
    case 'CTC':
      return ctcDecoder(
        stringAt(json, 'pad_token', place, '<pad>'),
        stringAt(json, 'word_delimiter_token', place, '|'),
        booleanAt(json, 'cleanup', place, true),
      );
    case 'SentencePiece':
      return sentencePieceDecoderFrom(json, place);
    case 'Sequence':
      return decoderChain(
        sequence(json, 'decoders', place).map(([step, at]) => decoderFrom(step, at, expressions)),
      );
    default:
      throw unsupported(place, `the decoder ${type}`);
  }
}
