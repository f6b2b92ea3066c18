import { describe, it } from 'vitest';
import { byteToken } from '../models/unigram';
import { assembled, expectAgreement, modelOf, unknownIsA, withBytes } from '../testing/agreement';

const whitespaceSplit = { type: 'WhitespaceSplit' };

describe('models agree with Hugging Face', () => {
  it.each(['BPE', 'Unigram', 'WordPiece', 'WordLevel'] as const)('%s', async (kind) => {
    const unknown = kind === 'Unigram' ? { unk_id: 0 } : unknownIsA;
    await expectAgreement(assembled(kind, { pre_tokenizer: whitespaceSplit }, unknown));
  });

  it('BPE over the whole text, and with the unknown token fused', async () => {
    await expectAgreement(assembled('BPE', { pre_tokenizer: null }, { fuse_unk: true }));
  });

  it('BPE, byte fallback', async () => {
    await expectAgreement(assembled('BPE', { pre_tokenizer: null }, withBytes()));
  });

  it('BPE, merges ignored for whole tokens', async () => {
    await expectAgreement(assembled('BPE', { pre_tokenizer: whitespaceSplit }, { ignore_merges: true }));
  });

  it('BPE with affixes', async () => {
    const vocab = { a: 0, '##b': 1, 'a##b': 2, '##c</w>': 3, 'abc</w>': 4, 'a</w>': 5, ab: 6 };
    const merges = [
      ['a', '##b'],
      ['ab', '##c</w>'],
    ];
    const model = {
      vocab,
      merges,
      unk_token: 'a',
      continuing_subword_prefix: '##',
      end_of_word_suffix: '</w>',
    };
    await expectAgreement(assembled('BPE', { pre_tokenizer: whitespaceSplit }, model), {
      also: ['abc', 'ab c', 'a', 'abx'],
    });
  });

  it('Unigram over the whole text', async () => {
    await expectAgreement(assembled('Unigram', { pre_tokenizer: null }, { unk_id: 0 }));
  });

  it('Unigram, byte fallback', async () => {
    const { vocab } = modelOf('Unigram') as { vocab: [string, number][] };
    const bytes = Array.from({ length: 256 }, (_, byte): [string, number] => [byteToken(byte), -20]);
    const model = { unk_id: 0, byte_fallback: true, vocab: [...vocab, ...bytes] };
    await expectAgreement(assembled('Unigram', { pre_tokenizer: whitespaceSplit }, model));
  });
});
