import { describe, expect, it } from 'vitest';
import { stateAfter } from '../../core/text/merge-trace';
import { encodeUtf8 } from '../../core/text/utf8';
import { AlignedText } from './aligned-text';
import type { RankTokenizer } from './bpe/rank-tokenizer';
import { drain } from './files/steps';
import { loadTokenizer } from './load';
import { PointTrie } from './models/point-trie';
import { UnigramModel } from './models/unigram';
import type { PipelineTokenizer } from './pipeline-tokenizer';
import { readGenerated } from './testing/generated-vocabulary';
import { nastyText } from './testing/nasty-text';
import { Vocabulary } from './vocabulary';

const gpt2 = (await loadTokenizer(
  {
    kind: 'bpe-ranks',
    vocabulary: 'gpt2',
    pattern: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    special: { '<|endoftext|>': 50256 },
  },
  readGenerated,
)) as RankTokenizer;

describe('merge traces', () => {
  it('lead from bytes to the tokens, one token fewer at each step', () => {
    for (let seed = 0; seed < 60; seed++) {
      const text = nastyText(seed).toWellFormed();
      const trace = gpt2.trace(text, { special: 'parse' });
      const tokens = gpt2.encode(text, { special: 'parse' });
      expect(stateAfter(trace, trace.steps.length)).toEqual(tokens);
      expect(stateAfter(trace, 0)).toEqual(trace.symbols);
      for (const m of [1, trace.steps.length >> 1]) {
        if (m > trace.steps.length) continue;
        const state = stateAfter(trace, m);
        expect(state.ids).toHaveLength(trace.symbols.ids.length - m);
        expect(gpt2.decode(state.ids)).toEqual(gpt2.decode(tokens.ids));
      }
    }
  });

  it('are in the order of the merges', () => {
    const { steps } = gpt2.trace('low lower lowest');
    // Every symbol is a byte here, so that indices of symbols are offsets.
    expect(steps.map(({ rank }) => rank)).toEqual(steps.map(({ rank }) => rank).sort((a, b) => a - b));
    // Byte-pair encoding merges "er" (rank 263) before it makes "lower" of parts.
    expect(steps).toContainEqual({ rank: 263, id: 263, left: 7, right: 8 });
  });
});

describe('merge traces through normalizers', () => {
  it.each(['llama-2', 'gemma-2'])('%s', async (vocabulary) => {
    const tokenizer = (await loadTokenizer(
      { kind: 'pipeline', vocabulary },
      readGenerated,
    )) as PipelineTokenizer;
    for (let seed = 0; seed < 40; seed++) {
      const text = nastyText(seed).toWellFormed();
      const trace = tokenizer.trace(text)!;
      expect(stateAfter(trace, trace.steps.length)).toEqual(tokenizer.encode(text));
      const half = stateAfter(trace, trace.steps.length >> 1);
      expect(half.ids).toHaveLength(trace.symbols.ids.length - (trace.steps.length >> 1));
      expect(tokenizer.decode(half.ids)).toEqual(tokenizer.decode(trace.symbols.ids));
    }
  });
});

describe('Unigram', () => {
  const vocabulary = new Vocabulary(encodeUtf8('<unk>abababa'), Uint32Array.of(0, 5, 6, 7, 9, 12));
  const scores = Float64Array.of(0, -1, -1.5, -2, -2.2);
  const model = new UnigramModel(vocabulary, drain(PointTrie.inSteps(vocabulary)), scores, 0, false);
  const piece = AlignedText.from('aba');

  it('knows all tokens that could stand somewhere', () => {
    expect(model.lattice(piece).map(({ id, from, to }) => [id, from, to])).toEqual([
      [1, 0, 1],
      [3, 0, 2],
      [4, 0, 3],
      [2, 1, 2],
      [1, 2, 3],
    ]);
  });

  it('gives the best segmentations, best first, and the first is the one it uses', () => {
    const best = model.nBest(piece, 5);
    expect(best.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([[4], [3, 1], [1, 2, 1]]);
    expect(best.map(({ score }) => score)).toEqual([-2.2, -3, -3.5]);
    const ids: number[] = [];
    model.tokenize(piece, (id) => ids.push(id));
    expect(ids).toEqual([4]);
  });
});
