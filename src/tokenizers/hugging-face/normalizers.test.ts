import { describe, it } from 'vitest';
import { assembled, expectAgreement } from '../testing/agreement';
import { charsmap } from '../testing/charsmap';

const bert = { type: 'BertNormalizer', handle_chinese_chars: true };
const replace = (text: string, content: string) => ({ type: 'Replace', pattern: { String: text }, content });

const normalizers: [string, object][] = [
  ['NFC', { type: 'NFC' }],
  ['NFD', { type: 'NFD' }],
  ['NFKC', { type: 'NFKC' }],
  ['NFKD', { type: 'NFKD' }],
  ['Lowercase', { type: 'Lowercase' }],
  ['NFD + StripAccents', { type: 'Sequence', normalizers: [{ type: 'NFD' }, { type: 'StripAccents' }] }],
  ['Strip', { type: 'Strip', strip_left: true, strip_right: false }],
  ['Nmt', { type: 'Nmt' }],
  ['Replace', { type: 'Replace', pattern: { String: 'e' }, content: 'xyz' }],
  ['Replace, expression', { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' }],
  ['Prepend', { type: 'Prepend', prepend: '▁' }],
  [
    'BertNormalizer',
    {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
  ],
  [
    'BertNormalizer, cased',
    {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: false,
    },
  ],
  ['ByteLevel', { type: 'ByteLevel' }],
  ['Strip, both', { type: 'Strip', strip_left: true, strip_right: true }],
  ['Strip, right', { type: 'Strip', strip_left: false, strip_right: true }],
  ['StripAccents', { type: 'StripAccents' }],
  ['an empty Sequence', { type: 'Sequence', normalizers: [] }],
  [
    'BertNormalizer, accents only',
    { ...bert, clean_text: false, handle_chinese_chars: false, strip_accents: true, lowercase: false },
  ],
  ['BertNormalizer, case only', { ...bert, clean_text: false, strip_accents: false, lowercase: true }],
  [
    'SentencePiece',
    {
      type: 'Sequence',
      normalizers: [{ type: 'Prepend', prepend: '▁' }, { type: 'NFC' }, replace(' ', '▁')],
    },
  ],
  [
    'Precompiled',
    { type: 'Precompiled', precompiled_charsmap: charsmap({ ﬁ: 'fi', '½': '1/2', ａ: 'a', é: 'e', Ж: '' }) },
  ],
  ['Replace by nothing', replace('e', '')],
  ['Replace nothing', replace('', 'x')],
  ['Replace with what looks like a group', replace('th', '$1 \\1')],
  ...[
    ['groups', '(e)(r)?'],
    ['ends of lines', '^\\s+|\\s+$'],
    ['beginnings', '^'],
    ['ends', '$'],
    ['places', '(?<=e)|\\b'],
    ['possibly nothing', 'x*'],
    ['any character', 'e.'],
    ['ranges without case', '(?i:[k-s]+)'],
  ].map(([name, Regex]): [string, object] => [
    `Replace, ${name}`,
    { type: 'Replace', pattern: { Regex }, content: 'a' },
  ]),
];

const also = ['', ' ', '  a b  ', 'cafe\u0301 é x', 'a\n\nb\n', 'e\re\u2028e\n', 'ﬁ½ａ e éé'];

describe('normalizers agree with Hugging Face', () => {
  it.each(normalizers)('%s', async (_, normalizer) => {
    // Without a pre-tokenizer spaces count, too.
    await expectAgreement(assembled('BPE', { normalizer, pre_tokenizer: null }), { also });
  });
});
