import { describe, it } from 'vitest';
import { assembled, expectAgreement } from '../testing/agreement';

const whitespaceSplit = { type: 'WhitespaceSplit' };

const split = (Regex: string, behavior: string, invert = false) => ({
  type: 'Split',
  pattern: { Regex },
  behavior,
  invert,
});

const preTokenizers: [string, object | null][] = [
  ['none', null],
  ['Whitespace', { type: 'Whitespace' }],
  ['WhitespaceSplit', whitespaceSplit],
  ['BertPreTokenizer', { type: 'BertPreTokenizer' }],
  ['ByteLevel', { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }],
  ['ByteLevel, whole', { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }],
  ['Metaspace', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }],
  ['Metaspace, first', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }],
  ['Metaspace, never', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: true }],
  ...['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'].flatMap(
    (behavior): [string, object][] => [
      [`Split, ${behavior}`, { type: 'Split', pattern: { Regex: '[aeiou \\n]' }, behavior, invert: false }],
      [`Split, ${behavior}, inverted`, { type: 'Split', pattern: { String: ' ' }, behavior, invert: true }],
      [`Split, ${behavior}, inverted expression`, split('\\s+|[a-f]', behavior, true)],
      [`Split, ${behavior}, possibly nothing`, split('x*', behavior)],
      [`Split, ${behavior}, at places`, split('(?<=e)(?=r)|\\s+(?!\\S)', behavior)],
      [`Split, ${behavior}, at nothing`, { type: 'Split', pattern: { String: '' }, behavior, invert: false }],
      [`Punctuation, ${behavior}`, { type: 'Punctuation', behavior }],
    ],
  ),
  ['Digits', { type: 'Digits', individual_digits: true }],
  ['Digits, together', { type: 'Digits', individual_digits: false }],
  ['CharDelimiterSplit', { type: 'CharDelimiterSplit', delimiter: 'e' }],
  ['UnicodeScripts', { type: 'UnicodeScripts' }],
  ['Metaspace, old', { type: 'Metaspace', replacement: '_', add_prefix_space: true }],
  ['an empty Sequence', { type: 'Sequence', pretokenizers: [] }],
  [
    'Sequence of ByteLevel',
    {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Digits', individual_digits: true },
        { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: false },
      ],
    },
  ],
  [
    'Sequence of Metaspace',
    {
      type: 'Sequence',
      pretokenizers: [
        { type: 'UnicodeScripts' },
        { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
      ],
    },
  ],
  ['FixedLength', { type: 'FixedLength', length: 3 }],
  [
    'Sequence',
    {
      type: 'Sequence',
      pretokenizers: [
        whitespaceSplit,
        { type: 'Digits', individual_digits: true },
        { type: 'Punctuation', behavior: 'Isolated' },
      ],
    },
  ],
];

describe('pre-tokenizers agree with Hugging Face', () => {
  it.each(preTokenizers)('%s', async (_, pre_tokenizer) => {
    await expectAgreement(assembled('BPE', { pre_tokenizer }));
  });
});
