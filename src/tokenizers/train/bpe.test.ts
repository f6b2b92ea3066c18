import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byteLevelPreTokenizer, Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { drain } from '../files/steps';
import { tokenizerFromJson } from '../hugging-face/tokenizer-json';
import { nastyText } from '../testing/nasty-text';
import { askOracle, trainedOn } from '../testing/oracle';
import { trainBpe } from './bpe';
import { counted, GPT2_PATTERN } from './testing/counted';
import { bpeJson } from './tokenizer-json';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const nasty = Array.from({ length: 60 }, (_, seed) => nastyText(seed).toWellFormed()).join('\n');

const corpora = {
  'prose and tables': read('docs/benchmarks.md'),
  code: read('package-lock.json').slice(0, 60_000),
  'every script, and repeated letters': `${nasty}\n${'a'.repeat(99)} ${'ab'.repeat(60)}\n${'aaa aaaa aaaaa\n'.repeat(9)}`,
};

describe('byte-level BPE', () => {
  it.each(Object.entries(corpora))('learns the merges of the official trainer: %s', (_, text) => {
    const settings = { vocabularySize: 30_000, minFrequency: 0, alphabet: 'seen', special: [] } as const;
    const { names, merges } = drain(trainBpe(counted(text), settings));
    const { model } = trainedOn(text, 'BPE', byteLevelPreTokenizer(false));
    expect(merges.length).toBeGreaterThan(1000);
    expect(merges.map(([left, right]) => [names[left], names[right]])).toEqual(model['merges']);
    expect(Object.fromEntries(names.map((name, id) => [name, id]))).toEqual(model['vocab']);
  });

  it('writes a tokenizer.json with which the official library encodes as this engine does', async () => {
    const settings = {
      vocabularySize: 1200,
      minFrequency: 2,
      alphabet: 'all',
      special: ['<|end|>'],
    } as const;
    const trained = drain(trainBpe(counted(corpora.code), settings));
    expect(trained.names.length).toBe(1200);
    const json = bpeJson(trained, GPT2_PATTERN);
    const oracle = Oracle.fromString(JSON.stringify(json));
    const { tokenizer } = tokenizerFromJson(json);
    for (const sample of [corpora.code.slice(5_000, 8_000), nasty]) {
      const { ids } = await askOracle(oracle, sample);
      expect([...tokenizer.encode(sample).ids]).toEqual([...ids]);
    }
  });

  it('counts the tokens of the corpus as the vocabulary grows', () => {
    const text = corpora['prose and tables'];
    const settings = { vocabularySize: 600, minFrequency: 2, alphabet: 'all', special: [] } as const;
    const trained = drain(trainBpe(counted(text), settings));
    const { curve } = trained;
    expect(curve[0]).toEqual({ vocabulary: 256, tokens: new TextEncoder().encode(text).length });
    for (let i = 1; i < curve.length; i++) expect(curve[i]!.tokens).toBeLessThan(curve[i - 1]!.tokens);
    const { tokenizer } = tokenizerFromJson(bpeJson(trained, GPT2_PATTERN));
    const tokens = text.match(/[^\n]*\n|[^\n]+$/g)!.map((line) => tokenizer.encode(line).ids.length);
    expect(curve.at(-1)).toEqual({ vocabulary: 600, tokens: tokens.reduce((sum, each) => sum + each, 0) });
  });
});
