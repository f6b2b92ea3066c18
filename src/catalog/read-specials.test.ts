import { get_encoding } from 'tiktoken';
import { expect, it } from 'vitest';
import { readSpecials } from '../engine/text/read-specials';
import { loadTokenizer } from '../tokenizers/load';
import { readGenerated } from '../tokenizers/testing/generated-vocabulary';
import { findTextTokenizer } from './tokenizers';

const load = (id: string) => loadTokenizer(findTextTokenizer(id)!.spec, readGenerated);
const { signal } = new AbortController();

it('counts special tokens that are written in a text, and what the other reading gives', async () => {
  const text = 'a<|endoftext|>b <|endoftext|> <s>';
  const encoding = get_encoding('cl100k_base');
  const [parsed, asText] = [encoding.encode(text, 'all').length, encoding.encode(text, [], []).length];
  encoding.free();
  const tokenizer = await load('cl100k');
  const written = [{ name: '<|endoftext|>', count: 2 }];
  expect(await readSpecials(text, tokenizer, {}, signal)).toEqual({ written, otherwise: parsed, added: [] });
  expect(await readSpecials(text, tokenizer, { special: 'parse' }, signal)).toEqual({
    written,
    otherwise: asText,
    added: [],
  });
  expect(parsed).not.toBe(asText);
  expect(await readSpecials('none here', tokenizer, { addSpecialTokens: true }, signal)).toBeUndefined();
});

it('names the tokens that tokenizers put around a text', async () => {
  const added = async (id: string) =>
    (await readSpecials('hi', await load(id), { addSpecialTokens: true }, signal))?.added;
  expect(await added('bert-uncased')).toEqual(['[CLS]', '[SEP]']);
  expect(await added('llama-2')).toEqual(['<s>']);
  expect(await added('llama-3')).toEqual(['<|begin_of_text|>']);
  expect(await added('gemma-2')).toEqual(['<bos>']);
});

it('finds special tokens behind normalizers and in pipelines', async () => {
  for (const [id, name] of [
    ['qwen-2.5', '<|im_end|>'],
    ['bert-uncased', '[SEP]'],
    ['llama-2', '</s>'],
  ] as const) {
    const tokenizer = await load(id);
    expect(tokenizer.specialsIn!(`é ${name}\ud800 ${name}`)).toEqual([{ name, count: 2 }]);
    expect(tokenizer.specialsIn!('plain')).toEqual([]);
  }
});
