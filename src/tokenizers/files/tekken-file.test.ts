import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tiktoken } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { nastyText } from '../testing/nasty-text';
import { tokenizerFromFiles } from './tokenizer-file';

const resolve = createRequire(import.meta.url).resolve;
const PATTERN = String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** The first ranks of a real vocabulary, as base64. */
const ranks = readFileSync(resolve('gpt-tokenizer/data/o200k_base.tiktoken'), 'utf8')
  .split('\n')
  .slice(0, 20_000)
  .map((line) => line.split(' ')[0]!);

const SPECIAL = 100;
const USED = 18_000;

function tekken(change: object = {}, special?: readonly object[]): Uint8Array {
  return encodeUtf8(
    JSON.stringify({
      config: {
        pattern: PATTERN,
        num_vocab_tokens: ranks.length,
        default_vocab_size: USED + SPECIAL,
        default_num_special_tokens: SPECIAL,
        version: 'v3',
        ...change,
      },
      vocab: ranks.map((token_bytes, rank) => ({ rank, token_bytes, token_str: null })),
      ...(special ? { special_tokens: special } : {}),
      image: { image_patch_size: 16, special_token_ids: { img: 10 } },
    }),
  );
}
const open = (bytes: Uint8Array) => tokenizerFromFiles([{ name: 'tekken.json', bytes }]);

describe('tekken.json', () => {
  it('cuts as tiktoken does with its ranks, its ids behind those of the special tokens', async () => {
    const { tokenizer, notes } = await open(tekken());
    expect(tokenizer.vocabularySize).toBe(USED + SPECIAL);
    expect(notes.join()).toContain('2,000 more tokens');
    const used = ranks.slice(0, USED).map((token, rank) => `! ${rank} ${token}`);
    const oracle = new Tiktoken(used.join('\n'), {}, PATTERN);
    const texts = Array.from({ length: 60 }, (_, seed) => nastyText(seed).toWellFormed());
    for (const text of ['Hello, World! HELLOworld 1234\r\n\r\n  x', ...texts]) {
      const { ids } = tokenizer.encode(text);
      expect([...ids]).toEqual([...oracle.encode_ordinary(text)].map((id) => id + SPECIAL));
      expect(decodeUtf8(tokenizer.decode(ids))).toBe(text);
    }
    oracle.free();
  });

  it('knows its special tokens: those of early files, those it lists, and places that are kept free', async () => {
    const parse = { special: 'parse' } as const;
    const early = await open(tekken());
    expect([...early.tokenizer.encode('<s>[INST][/INST]</s><SPECIAL_99>', parse).ids]).toEqual([
      1, 3, 4, 2, 99,
    ]);
    const listed = await open(
      tekken({}, [
        { rank: 0, token_str: '<unk>', is_control: true },
        { rank: 7, token_str: '[THINK]', is_control: true },
      ]),
    );
    expect([...listed.tokenizer.encode('[THINK]<SPECIAL_1>', parse).ids]).toEqual([7, 1]);
    expect(listed.tokenizer.token(7)).toMatchObject({ name: '[THINK]', special: true });
  });

  it('says what is wrong, and where', async () => {
    const broken = (from: string, to: string) => encodeUtf8(decodeUtf8(tekken()).replace(from, to));
    await expect(open(tekken({ pattern: 1 }))).rejects.toThrow('it has no "pattern"');
    await expect(open(tekken({ default_num_special_tokens: -1 }))).rejects.toThrow('whole number');
    await expect(open(tekken({ default_vocab_size: 50 }))).rejects.toThrow('leaves no room');
    await expect(open(tekken({ default_vocab_size: 90_000 }))).rejects.toThrow('20000 of the 89900 tokens');
    await expect(open(tekken({}, [{ rank: 400, token_str: 'x' }]))).rejects.toThrow('special_tokens[0].rank');
    await expect(open(broken('"token_bytes":"IQ=="', '"token_bytes":"?"'))).rejects.toThrow('not base64');
    await expect(open(broken('"rank":7,', ''))).rejects.toThrow('in vocab[7]');
    await expect(open(broken('"rank":7,', '"rank":8,'))).rejects.toThrow('has the id 108');
    await expect(open(tekken().subarray(0, 300_000))).rejects.toThrow('tekken.json is not usable');
  });
});
