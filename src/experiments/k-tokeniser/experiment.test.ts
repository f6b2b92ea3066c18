import { beforeAll, describe, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import type { Tokenizer } from '../../core/text/tokens';
import { drain } from '../../tokenizers/files/steps';
import { catalogueTokenizer, runOn } from '../testing/run';
import { drawOf, learningCurve } from './classify';
import { experiment } from './experiment';
import { chooseTypes, Pool, piecesOf, sentencesOf } from './pool';
import { learnVocabulary, TypeVocabulary } from './type-vocabulary';

function learned(terms: readonly string[], sizes: readonly number[]): TypeVocabulary {
  const steps = learnVocabulary(terms, sizes);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('the vocabulary of a type', () => {
  it('learns what its terms share first, and segments at every size', () => {
    const vocabulary = learned(['arthritis', 'gastritis', 'bronchitis'], [0, 1, 4, 100]);
    const pieces = vocabulary.segment('nephritis').map(({ lengths }) => lengths);
    // "it" and "is" occur three times each, "itis" next; then "ritis" of two of them.
    expect(pieces[0]).toEqual(Array(9).fill(1));
    expect(pieces[1]).toHaveLength(8);
    expect(pieces[3]!.at(-1)).toBeGreaterThanOrEqual(4);
    expect(vocabulary.segment('arthritis')[3]!.lengths).toEqual([9]);
  });

  it('prices a piece by its share of the terms’ pieces, each counted once more', () => {
    // Terms "ab" twice over in bytes: a, b, a, b; 256 pieces without merges.
    const { bits } = learned(['ab', 'ba'], [0]).segment('ac')[0]!;
    expect(bits).toBeCloseTo(-Math.log2(3 / 260) - Math.log2(1 / 260), 10);
  });

  it('is at a smaller size what a vocabulary with fewer merges is', () => {
    const trained = { names: [], special: [], merges: [], curve: [] };
    expect(new TypeVocabulary(trained, ['x'], [0]).segment('xy')[0]!.pieces).toEqual([120, 121]);
    const terms = ['metformin', 'metoprolol', 'propranolol', 'metronidazole'];
    const both = learned(terms, [3, 8]).segment('metolazone');
    expect(both[0]!.pieces).toEqual(learned(terms, [3]).segment('metolazone')[0]!.pieces);
  });
});

describe('the choice of a segmentation', () => {
  let base: Tokenizer;
  beforeAll(async () => {
    base = await catalogueTokenizer('bert-uncased');
  });
  const sizes = [0, 100, 200, 400, 800, 1600];
  const pool = () => {
    const made = new Pool(
      base,
      [
        ['lisinopril', 'sartorex'],
        ['osteoarthritis', 'dyspnea'],
        ['sartorius', 'sartorex'],
      ].map((terms) => learned(terms, sizes)),
    );
    drain(made.count(['the', 'the', 'knee']));
    return made;
  };

  it('leaves common words to the base and takes terms whole', () => {
    const words = ['the', 'knee', 'lisinopril', 'Osteoarthritis'].map((word) => pool().of(word));
    expect(words[3]!.base.length).toBeGreaterThan(1);
    const { types, moved } = chooseTypes(words, 5);
    expect(types).toEqual([-1, -1, 0, 1]);
    expect(moved).toBe(0);
    expect(chooseTypes(words, 0).types).toEqual([-1, -1, -1, -1]);
    expect(piecesOf(words[3]!, 1, 5)).toEqual(['Osteoarthritis']);
    expect(piecesOf(words[2]!, -1, 5).join('')).toBe('lisinopril');
  });

  it('lets the sentence decide between types: "sartorex" is in two lists', () => {
    const all = pool();
    const choice = (text: string) =>
      chooseTypes(
        text.split(' ').map((word) => all.of(word)),
        5,
      );
    expect(choice('lisinopril sartorex').types).toEqual([0, 0]);
    expect(choice('sartorius sartorex').types).toEqual([2, 2]);
    const alone = choice('sartorex').types[0];
    expect(choice('lisinopril sartorex').moved + choice('sartorius sartorex').moved).toBe(1);
    expect([0, 2]).toContain(alone);
  });

  it('never needs more tokens than the base', async () => {
    const { result } = await runOn(
      experiment,
      'Dyspnea, ŁÓDŹ İstanbul naïve 東京 sartorius-lisinopril. 5mg?\n\n',
      { draws: 1 },
    );
    const tokens = result.sizes.map((size) => size.tokens);
    expect(Math.max(...tokens)).toBe(result.baseTokens);
    expect(
      result.sizes.every(({ shown }) => shown.map(({ gap, pieces }) => gap + pieces.join('')).length > 5),
    ).toBe(true);
  });
});

it('ends sentences at marks before white space, and at line breaks', () => {
  const words = sentencesOf('Take 2.5 mg. Then rest!\nNo pain').map((one) =>
    one.map(({ word }) => word).join(' '),
  );
  expect(words).toEqual(['Take 2 . 5 mg .', 'Then rest !', 'No pain']);
  expect(sentencesOf('')).toEqual([[]]);
});

describe('the classifier', () => {
  it('scores by naive Bayes, as by hand', () => {
    const texts = [
      { label: 0, tokens: Uint32Array.of(0, 0, 1) },
      { label: 1, tokens: Uint32Array.of(1, 2) },
      { label: 0, tokens: Uint32Array.of(0, 1) },
      { label: 1, tokens: Uint32Array.of(2) },
      // Label 0: 2/4 · (2+1)/(3+3) · (1+1)/6; label 1: 2/4 · 1/5 · 2/5: rightly 0.
      { label: 1, tokens: Uint32Array.of(0, 1) },
    ];
    const run = (test: number[]) => {
      const steps = learningCurve(texts, { train: [0, 1], test }, [2], 3);
      steps.next();
      return steps.next().value;
    };
    expect(run([2])).toEqual([1]);
    expect(run([3])).toEqual([1]);
    expect(run([2, 3, 4])).toEqual([2 / 3]);
  });

  it('starts a token that is new from what its pieces go with', () => {
    // Token 2 is never learned; its piece 1 of the base goes with label 1, so it tells label 1.
    const texts = [
      { label: 0, tokens: Uint32Array.of(0) },
      { label: 1, tokens: Uint32Array.of(1) },
      { label: 1, tokens: Uint32Array.of(2) },
      { label: 0, tokens: Uint32Array.of(2) },
    ];
    const run = (test: number[], isStarted: boolean) => {
      const start = { texts, vocabulary: 3, pieces: new Map([[2, [1]]]) };
      const steps = learningCurve(texts, { train: [0, 1], test }, [2], 3, isStarted ? start : undefined);
      steps.next();
      return steps.next().value;
    };
    expect([run([2], false), run([3], false)]).toEqual([[0], [1]]);
    expect([run([2], true), run([3], true)]).toEqual([[1], [0]]);
  });

  it('tests subjects that it has not learned from', () => {
    const groups = Array.from({ length: 60 }, (_, i) => `subject ${i % 12}`);
    const { train, test } = drawOf(groups, mulberry32(1));
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...groups.keys()]);
    const tested = new Set(test.map((text) => groups[text]));
    expect(tested.size).toBe(4);
    expect(train.some((text) => tested.has(groups[text]))).toBe(false);
  });
});

it('has no fertility for a text without words, and a classifier all the same', async () => {
  const { figures } = await runOn(experiment, ' 12 ', { draws: 1 });
  expect(figures).toMatchObject({ fertility: undefined, fewer: undefined, typed: undefined, moved: 0 });
  expect(figures['accuracy']).toBeGreaterThan(60);
});
