import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { drain } from '../files/steps';
import { tokenizerJsonSteps } from './tokenizer-json';

const pair = { sep: ['a', 0], cls: ['a', 0] };
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const text = { Sequence: { id: 'A', type_id: 0 } };
const metaspace = { type: 'Metaspace', replacement: '_', prepend_scheme: 'always', split: true };
const replace = { type: 'Replace', pattern: { String: 'a' }, content: 'b' };

/** Every part in full. */
const PARTS: readonly [part: string, description: object][] = [
  [
    'model',
    { type: 'BPE', vocab: { a: 0 }, merges: [], unk_token: null, fuse_unk: false, byte_fallback: false },
  ],
  [
    'model',
    {
      ...{ type: 'WordPiece', vocab: { a: 0 }, unk_token: 'a' },
      ...{ continuing_subword_prefix: '##', max_input_chars_per_word: 9 },
    },
  ],
  ['model', { type: 'WordLevel', vocab: { a: 0 }, unk_token: 'a' }],
  ['model', { type: 'Unigram', vocab: [['a', -1]], unk_id: 0, byte_fallback: false }],
  [
    'normalizer',
    {
      ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
      ...{ strip_accents: null, lowercase: true },
    },
  ],
  ['normalizer', { type: 'Strip', strip_left: true, strip_right: true }],
  ['normalizer', { type: 'Prepend', prepend: '_' }],
  ['normalizer', replace],
  ['pre_tokenizer', byteLevel],
  ['pre_tokenizer', { type: 'CharDelimiterSplit', delimiter: 'a' }],
  ['pre_tokenizer', { type: 'Digits', individual_digits: true }],
  ['pre_tokenizer', { type: 'Punctuation', behavior: 'Isolated' }],
  ['pre_tokenizer', metaspace],
  ['pre_tokenizer', { type: 'Split', pattern: { String: 'a' }, behavior: 'Isolated', invert: false }],
  ['post_processor', { type: 'BertProcessing', ...pair }],
  ['post_processor', byteLevel],
  ['post_processor', { type: 'TemplateProcessing', single: [text], pair: [text], special_tokens: {} }],
  ['decoder', { type: 'BPEDecoder', suffix: '_' }],
  ['decoder', byteLevel],
  ['decoder', { type: 'CTC', pad_token: '_', word_delimiter_token: '|', cleanup: true }],
  ['decoder', metaspace],
  ['decoder', replace],
  ['decoder', { type: 'Strip', content: '_', start: 1, stop: 0 }],
  ['decoder', { type: 'WordPiece', prefix: '##', cleanup: true }],
];

const ADDED = {
  id: 1,
  content: 'b',
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
};

function loads(json: string): [ours: boolean, theirs: boolean] {
  return [
    () => drain(tokenizerJsonSteps(encodeUtf8(json), 'tokenizer.json')),
    () => Oracle.fromString(json),
  ].map((load) => {
    try {
      load();
      return true;
    } catch {
      return false;
    }
  }) as [boolean, boolean];
}

function tokenizer(parts: object): string {
  return JSON.stringify({ version: '1.0', added_tokens: [], model: PARTS[0]![1], ...parts });
}

describe('what a tokenizer.json must name is what Hugging Face requires', () => {
  it.each(
    PARTS.map(([part, description]) => [part, 'type' in description ? description.type : '', description]),
  )('in the %s %s', (part, _, description) => {
    expect(loads(tokenizer({ [part as string]: description }))).toEqual([true, true]);
    for (const key of Object.keys(description as object)) {
      // Without a type the library guesses.
      if (key === 'type') continue;
      const { [key]: __, ...rest } = description as Record<string, unknown>;
      const [ours, theirs] = loads(tokenizer({ [part as string]: rest }));
      expect(ours, `without ${key}`).toBe(theirs);
    }
  });

  it.each(Object.keys(ADDED))('in added tokens: %s', (key) => {
    const { [key]: _, ...rest } = ADDED as Record<string, unknown>;
    expect(loads(tokenizer({ added_tokens: [ADDED] }))).toEqual([true, true]);
    expect(loads(tokenizer({ added_tokens: [rest] }))).toEqual([false, false]);
  });
});
