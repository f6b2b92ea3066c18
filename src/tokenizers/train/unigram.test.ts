import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { drain } from '../files/steps';
import { tokenizerFromJson } from '../hugging-face/tokenizer-json';
import { nastyText } from '../testing/nasty-text';
import { askOracle } from '../testing/oracle';
import { pointWords } from './point-words';
import { seedPieces } from './seed-pieces';
import { unigramJson } from './tokenizer-json';
import { trainUnigram } from './unigram';
import { digamma, expectedCounts } from './unigram-estimate';
import { WordCounts } from './word-counts';
import { wordLattices } from './word-lattices';

const text = readFileSync(join(import.meta.dirname, '../../../LICENSE'), 'utf8');
const nasty = Array.from({ length: 20 }, (_, seed) => nastyText(seed).toWellFormed()).join('\n');

function wordsOf(source: string) {
  const counts = new WordCounts();
  for (const word of source.split(/\s+/).filter(Boolean)) {
    const bytes = new TextEncoder().encode(word);
    counts.add(bytes, 0, bytes.length);
  }
  return pointWords(counts, '▁');
}

describe('Unigram', () => {
  it('begins with every character and the substrings that occur most', () => {
    const { pieces, characters, frequencies } = drain(seedPieces(wordsOf('abab aba abab'), 3));
    expect(characters).toBe(3);
    // Frequency times length: 3 x 4, 5 x 2, 2 x 5; then "▁ab", "aba" and others at 9.
    expect(pieces.slice(3)).toEqual(['▁aba', 'ab', '▁abab']);
    expect([...frequencies.slice(3)]).toEqual([3, 5, 2]);
  });

  it('expects what enumeration of every segmentation expects', () => {
    const lattices = drain(wordLattices(wordsOf('aab'), ['▁', 'a', 'b', 'aa', 'ab']));
    const scores = Float64Array.from([0.3, 0.2, 0.1, 0.25, 0.15], Math.log);
    const { expected, likelihood } = expectedCounts(lattices, scores);
    const ways: [number[], number][] = [
      [[0, 1, 1, 2], 0.3 * 0.2 * 0.2 * 0.1],
      [[0, 3, 2], 0.3 * 0.25 * 0.1],
      [[0, 1, 4], 0.3 * 0.2 * 0.15],
    ];
    const total = ways.reduce((sum, [, chance]) => sum + chance, 0);
    const plain = [0, 0, 0, 0, 0];
    for (const [ids, chance] of ways) for (const id of ids) plain[id]! += chance / total;
    for (const [id, each] of plain.entries()) expect(expected[id]).toBeCloseTo(each, 11);
    expect(likelihood).toBeCloseTo(Math.log(total), 11);
  });

  it('digamma: values of tables', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 11);
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 11);
    expect(digamma(10)).toBeCloseTo(2.251752589066721, 11);
  });

  it('writes a tokenizer.json with which the official library encodes as this engine does', async () => {
    const settings = { vocabularySize: 400, special: ['<unk>', '</s>'], seedSize: 20_000 };
    const trained = drain(trainUnigram(wordsOf(text), settings));
    expect(trained.pieces.length + trained.special.length).toBe(400);
    // Tokens of fewer characters than the corpus has: the longest words are pieces.
    expect(trained.pieces).toContain('▁the');
    const json = unigramJson(trained);
    const oracle = Oracle.fromString(JSON.stringify(json));
    const { tokenizer } = tokenizerFromJson(json);
    for (const sample of [text.slice(3_000, 6_000), nasty]) {
      const { ids } = await askOracle(oracle, sample);
      expect([...tokenizer.encode(sample).ids]).toEqual([...ids]);
    }
    const { curve } = trained;
    for (let i = 1; i < curve.length; i++) expect(curve[i]!.tokens).toBeLessThanOrEqual(curve[i - 1]!.tokens);
    expect(curve.at(-1)!.tokens).toBeLessThan(text.length);
  });
});
