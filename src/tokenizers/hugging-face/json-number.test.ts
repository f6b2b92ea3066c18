import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { savedJson } from '../testing/oracle';
import { Random } from '../testing/random';
import { asSerdeReads } from './json-number';

/** What Hugging Face's library makes of scores, as it writes them again (that it does correctly). */
function readByOracle(scores: readonly number[]): number[] {
  const vocab = scores.map((score, i) => [`token ${i}`, score]);
  const oracle = Oracle.fromString(
    JSON.stringify({ version: '1.0', added_tokens: [], model: { type: 'Unigram', unk_id: 0, vocab } }),
  );
  const { vocab: written } = savedJson(oracle).model as { vocab: [string, number][] };
  return written.map(([, score]) => score);
}

describe('asSerdeReads', () => {
  it('reads scores to the bit as Hugging Face does, which is not always correctly', () => {
    const random = new Random(7);
    const scores = Array.from(
      { length: 4000 },
      (_, i) => -random.unit() * 10 ** (random.below(35) - 20) - (i % 2),
    );
    scores.push(0, -1, -10, 5, 0.1, -0.30000000000000004, 1e21, -1.5e300, 5e-324, 2 ** 53, 1 / 3);
    const read = scores.map(asSerdeReads);
    expect(read).toEqual(readByOracle(scores));
    expect(read.filter((score, i) => score !== scores[i]).length).toBeGreaterThan(100);
  });
});
