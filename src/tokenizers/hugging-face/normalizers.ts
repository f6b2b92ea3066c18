import { type AlignedText, pointsOf } from '../aligned-text';
import { type BertOptions, bertNormalize, lowercase, nmt, strip, stripAccents } from '../normalizers/basic';
import type { PrecompiledMap } from '../normalizers/precompiled';
import { normalizeUnicode } from '../normalizers/unicode-forms';
import { toByteLetters } from '../pretokenizers/byte-level';
import { matchPattern } from '../pretokenizers/split';
import { booleanAt, type JsonObject, sequence, stringAt, unsupported } from './json';
import { type Expressions, literal, patternAt } from './patterns';
import { mapFrom, sentencePieceNormalizer } from './sentencepiece';

type Normalize = (text: AlignedText) => AlignedText;

/**
 * The normalizer that a tokenizer.json describes.
 * @param expressions where it has any
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function normalizerFrom(
  json: JsonObject,
  place: string,
  expressions: Expressions | undefined,
): Normalize {
  const type = stringAt(json, 'type', place);
  switch (type) {
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return (text) => normalizeUnicode(text, type);
    case 'Lowercase':
      return lowercase;
    case 'StripAccents':
      return stripAccents;
    case 'Nmt':
      return nmt;
    case 'ByteLevel':
      return toByteLetters;
    case 'Strip': {
      const left = booleanAt(json, 'strip_left', place);
      const right = booleanAt(json, 'strip_right', place);
      return (text) => strip(text, left, right);
    }
    case 'Prepend': {
      const prefix = stringAt(json, 'prepend', place);
      return (text) => text.prepend(prefix);
    }
    case 'Replace': {
      const pattern = patternAt(json, place, expressions);
      const content = stringAt(json, 'content', place);
      const from = typeof pattern === 'string' ? pointsOf(pattern) : [];
      const to = pointsOf(content);
      if (from.length === 1 && to.length === 1) {
        // SentencePiece's spaces occur in nearly every text, so they have a faster path.
        return (text) => text.map((point) => (point === from[0] ? to[0]! : point));
      }
      const expression = typeof pattern === 'string' ? literal(pattern) : pattern;
      return (text) => replaceAll(text, expression, content);
    }
    case 'BertNormalizer': {
      const options = bertOptions(json, place);
      return (text) => bertNormalize(text, options);
    }
    case 'Precompiled': {
      const map = precompiledFrom(json, place);
      if (!map) return (text) => text;
      return (text) => map.normalize(text);
    }
    case 'SentencePiece':
      return sentencePieceNormalizer(json, place);
    case 'Sequence': {
      const steps = sequence(json, 'normalizers', place).map(([step, at]) =>
        normalizerFrom(step, at, expressions),
      );
      return (text) => steps.reduce((result, step) => step(result), text);
    }
    default:
      throw unsupported(place, `the normalizer ${type}`);
  }
}

/** Options of BertNormalizer. */
export function bertOptions(json: JsonObject, place: string): BertOptions {
  const lowercase = booleanAt(json, 'lowercase', place, true);
  return {
    cleanText: booleanAt(json, 'clean_text', place, true),
    handleChineseChars: booleanAt(json, 'handle_chinese_chars', place, true),
    stripAccents: booleanAt(json, 'strip_accents', place, lowercase),
    lowercase,
  };
}

function replaceAll(text: AlignedText, pattern: RegExp, content: string): AlignedText {
  const ranges = matchPattern(text, pattern).filter(([, , isMatch]) => isMatch);
  return text.replace(
    ranges.map(([from, to]) => [from, to]),
    content,
  );
}

function precompiledFrom(json: JsonObject, place: string): PrecompiledMap | undefined {
  // Some files carry null: then there is nothing to do.
  if (json['precompiled_charsmap'] === null) return undefined;
  return mapFrom(stringAt(json, 'precompiled_charsmap', place), place);
}
