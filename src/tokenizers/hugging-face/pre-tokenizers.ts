import { type AlignedText, pointsOf } from '../aligned-text';
import { isNumeric, isPunctuation, isWhitespace } from '../char-classes';
import { toByteLetters } from '../pretokenizers/byte-level';
import { metaspace } from '../pretokenizers/metaspace';
import { splitByScript } from '../pretokenizers/scripts';
import { matchPattern, matchPoints, type SplitBehavior, splitAt } from '../pretokenizers/split';
import { booleanAt, type JsonObject, numberAt, sequence, stringAt, unsupported } from './json';
import { type Expressions, literal, patternAt } from './patterns';

type PreTokenize = (text: AlignedText) => AlignedText[];

/**
 * The library's own expressions, which are not in files. Translated beforehand, as the translator is loaded only for
 * expressions of files: the one of ByteLevel as Oniguruma reads it, the one of Whitespace as Rust does.
 */
export const GPT2 =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{space}\p{L}\p{N}]+|\p{space}+(?!\P{space})|\p{space}+/gu;
export const WORDS =
  /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\p{space}]+/gu;

const BEHAVIORS: readonly SplitBehavior[] = [
  'Removed',
  'Isolated',
  'MergedWithPrevious',
  'MergedWithNext',
  'Contiguous',
];

/**
 * The pre-tokenizer that a tokenizer.json describes.
 * @param expressions where it has any
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function preTokenizerFrom(
  json: JsonObject,
  place: string,
  expressions: Expressions | undefined,
): PreTokenize {
  const type = stringAt(json, 'type', place);
  switch (type) {
    case 'ByteLevel': {
      const prefix = booleanAt(json, 'add_prefix_space', place, true);
      const split = booleanAt(json, 'use_regex', place, true);
      return (text) => byteLevel(text, prefix, split);
    }
    case 'BertPreTokenizer':
      return (text) =>
        splitAt(text, matchPoints(text, isWhitespace), 'Removed').flatMap((word) =>
          splitAt(word, matchPoints(word, isPunctuation), 'Isolated'),
        );
    case 'Whitespace':
      return (text) => splitAt(text, matchPattern(text, WORDS, true), 'Removed');
    case 'WhitespaceSplit':
      return (text) => splitAt(text, matchPoints(text, isWhitespace), 'Removed');
    case 'Metaspace': {
      const options = metaspaceOptions(json, place);
      return (text) => metaspace(text, options);
    }
    case 'Split': {
      const pattern = patternAt(json, place, expressions);
      const expression = typeof pattern === 'string' ? literal(pattern) : pattern;
      const behavior = behaviorAt(json, place);
      const invert = booleanAt(json, 'invert', place, false);
      const only = typeof pattern === 'string' ? pointsOf(pattern) : [];
      if (only.length === 1 && !invert) {
        return (text) =>
          splitAt(
            text,
            matchPoints(text, (point) => point === only[0]),
            behavior,
          );
      }
      return (text) => splitAt(text, matchPattern(text, expression, invert), behavior);
    }
    case 'Punctuation': {
      const behavior = behaviorAt(json, place, 'Isolated');
      return (text) => splitAt(text, matchPoints(text, isPunctuation), behavior);
    }
    case 'Digits': {
      const behavior = booleanAt(json, 'individual_digits', place, false) ? 'Isolated' : 'Contiguous';
      return (text) => splitAt(text, matchPoints(text, isNumeric), behavior);
    }
    case 'CharDelimiterSplit': {
      const delimiter = stringAt(json, 'delimiter', place).codePointAt(0);
      return (text) =>
        splitAt(
          text,
          matchPoints(text, (point) => point === delimiter),
          'Removed',
        );
    }
    case 'UnicodeScripts':
      return splitByScript;
    case 'FixedLength': {
      const length = Math.max(1, numberAt(json, 'length', place, 5));
      return (text) =>
        Array.from({ length: Math.ceil(text.length / length) }, (_, i) =>
          text.slice(i * length, Math.min(text.length, (i + 1) * length)),
        );
    }
    case 'Sequence': {
      const steps = sequence(json, 'pretokenizers', place).map(([step, at]) =>
        preTokenizerFrom(step, at, expressions),
      );
      return (text) => steps.reduce<AlignedText[]>((pieces, step) => pieces.flatMap(step), [text]);
    }
    default:
      throw unsupported(place, `the pre-tokenizer ${type}`);
  }
}

/** Options of Metaspace, in its newer and its older spelling. */
export function metaspaceOptions(json: JsonObject, place: string) {
  const scheme = stringAt(
    json,
    'prepend_scheme',
    place,
    booleanAt(json, 'add_prefix_space', place, true) ? 'always' : 'never',
  );
  if (scheme !== 'always' && scheme !== 'first' && scheme !== 'never') {
    throw unsupported(`${place}.prepend_scheme`, scheme);
  }
  return {
    replacement: stringAt(json, 'replacement', place, '\u2581'),
    prepend: scheme as 'always' | 'first' | 'never',
    split: booleanAt(json, 'split', place, true),
  };
}

function byteLevel(source: AlignedText, prefix: boolean, split: boolean): AlignedText[] {
  const text = prefix && source.points[0] !== 0x20 ? source.prepend(' ') : source;
  const pieces = split ? splitAt(text, matchPattern(text, GPT2), 'Isolated') : [text];
  return pieces.map(toByteLetters);
}

function behaviorAt(json: JsonObject, place: string, fallback?: string): SplitBehavior {
  const name = stringAt(json, 'behavior', place, fallback);
  const behavior = BEHAVIORS.find((known) => known === name);
  if (!behavior) throw unsupported(`${place}.behavior`, name);
  return behavior;
}
