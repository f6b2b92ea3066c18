import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { byteToken } from '../models/unigram';
import { assembled, expectAgreement, modelOf, unknownIsA, withBytes } from '../testing/agreement';
import { nastyText } from '../testing/nasty-text';
import { askOracle } from '../testing/oracle';
import { tokenizerFromJson } from './tokenizer-json';

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

  it('BPE whose right halves lose the prefix, which they may not have', async () => {
    const vocab = { a: 0, '##b': 1, bc: 2, 'a##': 3, ab: 4, b: 5, '##c': 6, c: 7, abc: 8, u: 9 };
    const merges = [
      ['a', '##b'],
      ['ab', '##c'],
    ];
    const model = { vocab, merges, unk_token: 'u', continuing_subword_prefix: '##' };
    await expectAgreement(assembled('BPE', { pre_tokenizer: whitespaceSplit }, model), {
      also: ['abc', 'ab', 'bca', 'abcabc'],
    });
  });

  it('BPE without an unknown token drops characters; spans stay where the text is', async () => {
    const json = assembled('BPE', {}, { unk_token: null });
    const oracle = Oracle.fromString(JSON.stringify(json));
    const { tokenizer } = tokenizerFromJson(json);
    for (let seed = 0; seed < 200; seed++) {
      const text = nastyText(seed).toWellFormed();
      expect(tokenizer.encode(text).ids).toEqual((await askOracle(oracle, text)).ids);
    }
    // Hugging Face's library says 0 to 1 and 1 to 4 here: it counts within what is left.
    const { ids, starts, ends } = tokenizer.encode('\u{e0ffe}the');
    expect([...ids].map((id) => tokenizer.tokenOf(id)).join('')).toBe('the');
    expect([starts[0], ends.at(-1)]).toEqual([4, 7]);
  });

  it.each(['Unigram', 'WordLevel'] as const)('%s without an unknown token fails, as there', async (kind) => {
    const json = assembled(kind, {}, { unk_id: null, unk_token: 'no such token' });
    const oracle = Oracle.fromString(JSON.stringify(json));
    await expect(oracle.encode('\u{e0ffe}')).rejects.toThrow();
    expect(() => tokenizerFromJson(json).tokenizer.encode('\u{e0ffe}')).toThrow(
      kind === 'Unigram'
        ? 'its file names no unknown token'
        : 'its unknown token "no such token" is not in its vocabulary',
    );
  });

  it('WordPiece with another prefix and short words only', async () => {
    const vocab = { '[UNK]': 0, a: 1, b: 2, '@b': 3, '@c': 4, ab: 5, '@é': 6 };
    const model = { vocab, unk_token: '[UNK]', continuing_subword_prefix: '@', max_input_chars_per_word: 3 };
    await expectAgreement(assembled('WordPiece', { pre_tokenizer: whitespaceSplit }, model), {
      also: ['abcb acb aéb é abc'],
    });
  });

  it('Unigram with tokens that stand twice', async () => {
    const { vocab } = modelOf('Unigram') as { vocab: [string, number][] };
    const twice = [...vocab, ['the', -1], ['a', -30]];
    await expectAgreement(assembled('Unigram', {}, { unk_id: 0, vocab: twice }));
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
