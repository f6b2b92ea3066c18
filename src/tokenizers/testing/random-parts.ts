import { byteToken } from '../models/unigram';
import type { Random } from './random';

/** Few characters, so that they meet: of every length in UTF-8, with a space, a mark, and those of affixes. */
export const LETTERS = ['a', 'b', 'c', 'A', ' ', '世', 'é', '😀', '#', '▁', '<', 'x', '>', '!', 'Ġ'] as const;

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };

const lowercase = { type: 'Lowercase' };

/** A description, or none. */
type Part = object | null;

/** A post-processor, as each of them surrounds a text. */
export function randomPostProcessor(random: Random): Part {
  const pair = { sep: ['a', 0], cls: ['b', 1] };
  const flags = { add_prefix_space: random.below(2) === 0, trim_offsets: random.below(2) === 0 };
  const text = { Sequence: { id: 'A', type_id: 0 } };
  const token = { SpecialToken: { id: 'S', type_id: 0 } };
  switch (random.below(12)) {
    case 0:
      return { type: 'BertProcessing', ...pair };
    case 1:
      return { type: 'RobertaProcessing', ...pair, ...flags };
    case 2:
      return { type: 'ByteLevel', ...flags };
    case 3:
      return {
        type: 'TemplateProcessing',
        single: random.pick([[token, text], [text], [token, text, token, token], [text, token]]),
        pair: [text, { Sequence: { id: 'B', type_id: 1 } }],
        special_tokens: { S: { id: 'S', ids: [1, 0], tokens: ['b', 'a'] } },
      };
    default:
      return null;
  }
}

/** A normalizer whose results the library's parts agree on. */
export function randomNormalizer(random: Random): Part {
  return random.pick<Part>([
    null,
    null,
    null,
    null,
    lowercase,
    { type: 'NFD' },
    { type: 'Prepend', prepend: '▁' },
    { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    { type: 'ByteLevel' },
    { type: 'Strip', strip_left: true, strip_right: random.below(2) === 0 },
    {
      type: 'Sequence',
      normalizers: [{ type: 'Replace', pattern: { Regex: ' +' }, content: ' ' }, lowercase],
    },
    {
      ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
      ...{ strip_accents: null, lowercase: random.below(2) === 0 },
    },
  ]);
}

export function randomPreTokenizer(random: Random): Part {
  return random.pick<Part>([
    null,
    null,
    { type: 'Whitespace' },
    { type: 'WhitespaceSplit' },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false },
    byteLevel,
    { type: 'Split', pattern: { String: 'b' }, behavior: 'MergedWithPrevious', invert: false },
  ]);
}

/** A decoder, or several, with odd settings. */
export function randomDecoder(random: Random): Part {
  const kind = random.below(8);
  if (kind === 0) return null;
  if (kind < 4) return simpleDecoder(random);
  const decoders = Array.from({ length: random.below(5) }, () => simpleDecoder(random));
  // The library panics where nothing is left to strip from: only whole texts, in which the check puts a token of its own.
  if (random.below(3) === 0) decoders.push({ type: 'Fuse' }, strip(random, 1 + random.below(3)));
  return { type: 'Sequence', decoders };
}

function strip(random: Random, stop: number): object {
  return { type: 'Strip', content: random.pick([' ', 'a', '▁', '世']), start: random.below(3), stop };
}

function simpleDecoder(random: Random): object {
  const some = (also: readonly string[] = []) => random.pick(['', 'a', ' ', '▁', '世', 'ab', 'é', ...also]);
  switch (random.below(11)) {
    case 0:
      return { type: 'ByteFallback' };
    case 1:
      return { type: 'Fuse' };
    case 2:
      return strip(random, 0);
    case 3:
      return { type: 'Replace', pattern: { String: some() }, content: some() };
    case 4: {
      const expression = random.pick(['a*', '[ab]+', '', '$', '^', '(?=b)', 'a|', '世?', ' +']);
      return { type: 'Replace', pattern: { Regex: expression }, content: some(['$1']) };
    }
    case 5:
      return { type: 'BPEDecoder', suffix: some(['</w>', '>']) };
    case 6:
      return { type: 'WordPiece', prefix: some(['##', '#']), cleanup: random.below(2) === 0 };
    case 7:
      return {
        type: 'Metaspace',
        replacement: random.pick(['▁', 'a', '世', '😀']),
        prepend_scheme: random.pick(['always', 'first', 'never']),
        split: true,
      };
    case 8:
      return {
        type: 'CTC',
        pad_token: some(),
        word_delimiter_token: some(['|']),
        cleanup: random.below(2) === 0,
      };
    default:
      return byteLevel;
  }
}

/** Tokens for some, all or none of the bytes that `LETTERS` have. */
export function randomByteTokens(random: Random): string[] {
  const share = random.pick([0, 0.5, 0.9, 1]);
  const bytes = new Set(new TextEncoder().encode(LETTERS.join('')));
  return [...bytes].filter(() => random.unit() < share).map(byteToken);
}

/** A short text of `LETTERS`, now and then with a fragment. */
export function randomText(random: Random, fragments: readonly string[], longest: number): string {
  let text = '';
  for (let n = random.below(longest + 1); n > 0; n--) {
    text += fragments.length > 0 && random.below(4) === 0 ? random.pick(fragments) : random.pick(LETTERS);
  }
  return text;
}
