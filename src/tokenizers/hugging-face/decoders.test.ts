import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { assembled, SEEDS } from '../testing/agreement';
import { nastyText } from '../testing/nasty-text';
import { tokenizerFromJson } from './tokenizer-json';

describe('decoding agrees with Hugging Face', () => {
  it.each([
    ['none', null],
    ['Fuse', { type: 'Fuse' }],
    ['ByteLevel', { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }],
    ['ByteFallback', { type: 'ByteFallback' }],
    ['Replace, expression', { type: 'Replace', pattern: { Regex: '[aeiou]+' }, content: '-' }],
    ['WordPiece, as it is', { type: 'WordPiece', prefix: 't', cleanup: false }],
    ['CTC, as it is', { type: 'CTC', pad_token: 'e', word_delimiter_token: 'o', cleanup: false }],
    ['Metaspace, never', { type: 'Metaspace', replacement: 'e', prepend_scheme: 'never', split: true }],
    ['Metaspace, first', { type: 'Metaspace', replacement: 'e', prepend_scheme: 'first', split: true }],
    ['an empty Sequence', { type: 'Sequence', decoders: [] }],
    ['WordPiece', { type: 'WordPiece', prefix: '##', cleanup: true }],
    ['Metaspace', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }],
    ['BPEDecoder', { type: 'BPEDecoder', suffix: 'e' }],
    ['CTC', { type: 'CTC', pad_token: 'e', word_delimiter_token: 'o', cleanup: true }],
    [
      'Sequence',
      {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: 'e' }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
      },
    ],
  ])('%s', async (_, decoder) => {
    const json = assembled('BPE', { decoder, pre_tokenizer: { type: 'WhitespaceSplit' } });
    const oracle = Oracle.fromString(JSON.stringify(json));
    const { tokenizer } = tokenizerFromJson(json);
    for (let seed = 0; seed < SEEDS; seed++) {
      const { ids } = tokenizer.encode(nastyText(seed));
      const theirs = await oracle.decode([...ids], false);
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(tokenizer.decode(ids))).toBe(theirs);
    }
  });
});
