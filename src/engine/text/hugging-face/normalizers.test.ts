import { describe, it } from 'vitest';
import { assembled, expectAgreement } from '../testing/agreement';

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
];

describe('normalizers agree with Hugging Face', () => {
  it.each(normalizers)('%s', async (_, normalizer) => {
    await expectAgreement(assembled('BPE', { normalizer }));
  });
});
