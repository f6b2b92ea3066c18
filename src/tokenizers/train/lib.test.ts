import { expect, test } from 'vitest';
import { drain } from '../files/steps';
import { Corpus } from './corpus';
import oracle from './fixtures/lib-oracle.json' with { type: 'json' };
import { LIB_DEFAULTS, LibLearner, segmentByLexicon } from './lib';
import { trainTokenizer } from './train';

// The fixture was made by the paper's published program on sentences of The Tale of Peter Rabbit (1902), with α = 1, so
// that nothing is left to chance.
test('grows and forgets the same lexicon as the published program', () => {
  const learner = new LibLearner({ ...LIB_DEFAULTS, inRate: 1 }, () => 0);
  const sizes = Array.from({ length: 16 }, (_, step) => {
    const from = (step % 8) * 20;
    learner.step(oracle.sentences.slice(from, from + 20));
    return learner.lexicon.size;
  });
  expect(sizes).toEqual(oracle.sizes);
  expect(learner.onProbation).toBe(oracle.before);
  learner.finish();
  expect(learner.lexicon.chunks).toEqual(oracle.lexicon);
  expect(oracle.sentences.slice(0, 5).map((sentence) => segmentByLexicon(learner.lexicon, sentence))).toEqual(
    oracle.segments,
  );
});

test('memorizes the share of pairs that is asked for', () => {
  const settings = { kind: 'lib', steps: 8, sentences: 20, ...LIB_DEFAULTS, seed: 0 } as const;
  const types = [0, 0.25, 1].map((inRate) => {
    const corpus = new Corpus({ ...settings, inRate });
    corpus.add(oracle.sentences.join('\n'));
    return drain(trainTokenizer(corpus, { ...settings, inRate })).vocabulary;
  });
  expect(types).toEqual([...types].sort((a, b) => a - b));
  expect(types[1]).toBeGreaterThan(3 * types[0]!);
});
