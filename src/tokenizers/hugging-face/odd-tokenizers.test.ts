import { readFileSync } from 'node:fs';
import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../core/text/utf8';
import { added, expectAgreement } from '../testing/agreement';
import { compareTokenizer } from '../testing/compare-tokenizer';
import { askOracle, type TokenizerJson } from '../testing/oracle';
import { randomTokenizer } from '../testing/random-tokenizer';
import { tokenizerFromJson } from './tokenizer-json';

/** A tokenizer.json of a model and whatever else differs from nothing. */
function plain(model: object, parts: object = {}): TokenizerJson {
  const none = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  return {
    version: '1.0',
    added_tokens: [],
    ...none,
    ...parts,
    model: { type: 'BPE', merges: [], ...model },
  };
}

describe('files that once were read otherwise than by Hugging Face', () => {
  it.each([
    ['byte-fallback', 'a世b', [2], 'ab'],
    ['empty-added', 'a<x>', [0, 1], 'a <x>'],
    ['bpe-suffix-empty', '世a', [0, 1], ' 世 a'],
    ['replace-empty', 'a', [0], '-a-'],
    ['version-merge', 'ab', [2], 'ab'],
    ['prefix-after', 'ab', [2], 'ab'],
  ])('%s: %s is %j, which decodes to %j', async (name, text, ids, decoded) => {
    const json = fixture(name);
    const { tokenizer } = tokenizerFromJson(JSON.parse(json));
    expect([...tokenizer.encode(text, { special: 'parse' }).ids]).toEqual(ids);
    expect(decodeUtf8(tokenizer.decode(ids))).toBe(decoded);
    const oracle = Oracle.fromString(json);
    expect([...(await askOracle(oracle, text)).ids]).toEqual(ids);
    expect(await oracle.decode(ids, false)).toBe(decoded);
  });

  it('an unknown token that the vocabulary lacks: only texts that need it fail, and say so', async () => {
    const json = fixture('unk-missing');
    const { tokenizer } = tokenizerFromJson(JSON.parse(json));
    const oracle = Oracle.fromString(json);
    expect(tokenizer.encode('ab').ids).toEqual((await askOracle(oracle, 'ab')).ids);
    await expect(oracle.encode('a世b')).rejects.toThrow('[UNK]');
    expect(() => tokenizer.encode('a世b')).toThrow(
      'The text has "世", which this tokenizer has no token for, and its unknown token "[UNK]" is not in its vocabulary.',
    );
  });
});

describe('generated tokenizers', () => {
  it('load or fail, encode and decode as in the library', { timeout: 20_000 }, async () => {
    const differences: string[] = [];
    let loaded = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { loads, difference } = await compareTokenizer(randomTokenizer(seed));
      if (loads) loaded++;
      if (difference) differences.push(`seed ${seed}: ${difference}`);
    }
    expect(differences).toEqual([]);
    expect(loaded).toBeGreaterThan(80);
  });
});

describe('unknown characters', () => {
  const vocab = { a: 0, b: 1, ab: 2, '<0xC3>': 3, '<0xA9>': 4, U: 5 };
  const model = { vocab, merges: ['a b'], unk_token: 'U', byte_fallback: true };

  it.each([true, false])('wait until after bytes, fused: %s', async (fuse_unk) => {
    const json = plain({ ...model, fuse_unk });
    const { tokenizer } = tokenizerFromJson(json);
    const ids = [...tokenizer.encode('xéyab').ids];
    expect(ids).toEqual(fuse_unk ? [3, 4, 5, 2] : [3, 4, 5, 5, 2]);
    await expectAgreement(json, { also: ['xéyab', '世éa', '世世éé世éb'] });
  });

  it('have the bytes of their affixes as well', async () => {
    const affixed = { a: 0, '#b': 1, '<0x23>': 2, '<0xC3>': 3, '<0xA9>': 4, U: 5 };
    const json = plain({ ...model, vocab: affixed, merges: [], continuing_subword_prefix: '#' });
    const { ids, starts, ends } = tokenizerFromJson(json).tokenizer.encode('aéb');
    expect([...ids]).toEqual([0, 2, 3, 4, 1]);
    expect([...ids]).toEqual([...(await askOracle(Oracle.fromString(JSON.stringify(json)), 'aéb')).ids]);
    // The library's places lie beyond the text; here all bytes together are the character.
    expect([starts[1], ends[3]]).toEqual([1, 3]);
  });

  it('fail in Unigram even where a longer token avoids them', async () => {
    const json = plain({ type: 'Unigram', vocab: [['ab', -1]], unk_id: null });
    await expect(Oracle.fromString(JSON.stringify(json)).encode('ab')).rejects.toThrow('unk_id');
    expect(() => tokenizerFromJson(json).tokenizer.encode('ab')).toThrow('"a", which this tokenizer has no');
  });

  const wordPiece = { unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 9 };
  it('fail in WordPiece only in texts that have some', () => {
    const json = plain({ type: 'WordPiece', vocab: { a: 0 }, ...wordPiece });
    const { tokenizer } = tokenizerFromJson(json);
    expect([...tokenizer.encode('a').ids]).toEqual([0]);
    expect(() => tokenizer.encode('b')).toThrow('its unknown token "[UNK]" is not in its vocabulary');
  });
});

describe('added tokens', () => {
  const letters = { vocab: { a: 0, b: 1, '?': 2 }, unk_token: '?' };

  it('get the next ids from the number of tokens on, whatever ids the model has', async () => {
    const added_tokens = [added('b', 5), added('', 6), added('x', 9), added('y', 10)];
    const json = plain({ vocab: { a: 0, b: 5 }, unk_token: 'a' }, { added_tokens });
    const { tokenizer, notes } = tokenizerFromJson(json);
    expect([...tokenizer.encode('abxy', { special: 'parse' }).ids]).toEqual([0, 5, 2, 3]);
    expect(notes.join('\n')).toContain('an added token without a text, with the id 6: it is left out');
    await expectAgreement(json, { also: ['abxy'] });
  });

  it('that are searched for in normalized text decode to that', async () => {
    const added_tokens = [added('XY', 9, { normalized: true }), added('[Q]', 10)];
    const json = plain(letters, { added_tokens, normalizer: { type: 'Lowercase' } });
    const { tokenizer } = tokenizerFromJson(json);
    const { ids } = tokenizer.encode('XY[Q]', { special: 'parse' });
    const oracle = Oracle.fromString(JSON.stringify(json));
    expect(decodeUtf8(tokenizer.decode(ids))).toBe('xy [Q]');
    expect(await oracle.decode([...ids], false)).toBe('xy [Q]');
    expect(tokenizer.token(ids[0]!)?.name).toBe('XY');
  });

  it('share spaces that both of them take', async () => {
    const added_tokens = [added('x', 1, { rstrip: true }), added(' ', 2), added(' y', 3)];
    await expectAgreement(plain(letters, { added_tokens }), {
      also: ['x  a x yb', 'x y', 'x x'],
    });
  });

  it('within special tokens that are taken as text are text as well', () => {
    const added_tokens = [added('<|end|>', 1), added('end', 2, { special: false })];
    const { tokenizer } = tokenizerFromJson(plain(letters, { added_tokens }));
    const [, end] = [...tokenizer.encode('<|end|>end', { special: 'parse' }).ids];
    expect(
      [...tokenizer.encode('<|end|>end', { special: 'text' }).ids].filter((id) => id === end),
    ).toHaveLength(1);
  });

  it('without a text are tokens where the model has them', async () => {
    const json = plain({ vocab: { a: 0, '': 1 } }, { added_tokens: [added('', 7)] });
    const oracle = Oracle.fromString(JSON.stringify(json));
    const { tokenizer } = tokenizerFromJson(json);
    expect(await oracle.decode([0, 1, 0], false)).toBe('a  a');
    expect(decodeUtf8(tokenizer.decode([0, 1, 0]))).toBe('a  a');
  });
});

it('Metaspace marks the first word only where the text itself begins with it', async () => {
  const normalizer = { type: 'Strip', strip_left: true, strip_right: true };
  const pre_tokenizer = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true };
  const json = plain({ vocab: { a: 0, '▁': 1 }, unk_token: 'a' }, { normalizer, pre_tokenizer });
  const { tokenizer } = tokenizerFromJson(json);
  expect([...tokenizer.encode('a a').ids]).toEqual([1, 0, 1, 0]);
  expect([...tokenizer.encode(' a a').ids]).toEqual([0, 1, 0]);
  await expectAgreement(json, { also: ['a a', ' a a', '  '] });
});

function fixture(name: string): string {
  return readFileSync(new URL(`../testing/fixtures/odd-tokenizers/${name}.json`, import.meta.url), 'utf8');
}
