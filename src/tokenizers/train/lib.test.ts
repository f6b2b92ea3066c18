import { expect, test } from 'vitest';
import oracle from './fixtures/lib-oracle.json' with { type: 'json' };
import { LIB_DEFAULTS, LibLearner, segmentByLexicon } from './lib';

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
