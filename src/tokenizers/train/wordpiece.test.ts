import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer as Oracle } from 'tokenizers';
import { expect, it } from 'vitest';
import { drain } from '../files/steps';
import { tokenizerFromJson } from '../hugging-face/tokenizer-json';
import { askOracle } from '../testing/oracle';
import { pointWords } from './point-words';
import { wordPieceJson } from './tokenizer-json';
import { WordCounts } from './word-counts';
import { trainWordPiece } from './wordpiece';

const text = readFileSync(join(import.meta.dirname, '../../../LICENSE'), 'utf8').toLowerCase();

function words() {
  const counts = new WordCounts();
  for (const word of text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)!) {
    const bytes = new TextEncoder().encode(word);
    counts.add(bytes, 0, bytes.length);
  }
  return pointWords(counts);
}

it('writes a WordPiece that the official library encodes with as this engine does', async () => {
  const settings = { vocabularySize: 600, minFrequency: 2, special: ['[UNK]', '[CLS]'], characters: 1000 };
  const trained = drain(trainWordPiece(words(), settings));
  expect(trained.names.length).toBe(600);
  expect(trained.names).toContain('license');
  expect(trained.names.some((name) => name.startsWith('##') && name.length > 4)).toBe(true);
  const json = wordPieceJson(trained, { lowercase: true });
  const oracle = Oracle.fromString(JSON.stringify(json));
  const { tokenizer } = tokenizerFromJson(json);
  const { ids } = await askOracle(oracle, text);
  expect([...tokenizer.encode(text).ids]).toEqual([...ids]);
  // What the curve ends at is what the text takes, less the characters that merges alone would not join.
  expect(trained.curve.at(-1)!.tokens).toBeGreaterThan(0.9 * ids.length);
  expect(trained.curve.at(-1)!.tokens).toBeLessThan(1.1 * ids.length);
});

it('leaves out what is not among the most frequent characters', () => {
  const settings = { vocabularySize: 60, minFrequency: 2, special: ['[UNK]'], characters: 5 };
  const { names } = drain(trainWordPiece(words(), settings));
  const single = names.filter((name) => [...name].length === 1);
  expect(single.length).toBe(5);
  expect(single).toContain('e');
});
