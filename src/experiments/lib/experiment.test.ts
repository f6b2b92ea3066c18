import { expect, it } from 'vitest';
import { drain } from '../../tokenizers/files/steps';
import { LIB_DEFAULTS, LibLearner, segmentByLexicon } from '../../tokenizers/train/lib';
import { alice } from '../alice';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { bpeCurve, mostTypes, tokensWith } from './bpe';
import { experiment, lookFor } from './experiment';
import { isMultiWord, LOOKS, learnLexicon, nearestLook, STEPS } from './learn';
import { firstOf, sentencesOf } from './sentences';

const text = (await alice.load()).slice(0, 6_000);
const settings = { alpha: 0.25, omega: 0.01, life: 3, seed: 0 };

it('reads sentences', () => {
  expect(sentencesOf("One. Two!' three\n\n 你好。再见 ...")).toEqual([
    'One.',
    "Two!'",
    'three',
    '你好。',
    '再见 ...',
  ]);
  expect(sentencesOf(' \n ')).toEqual([]);
  expect(firstOf(['a'.repeat(599), 'b', 'c'])).toEqual(['a'.repeat(599), 'b']);
});

it('learns BPE as by hand', () => {
  // Words "ab", " ab", " abc" of the characters a, b, c and space: "ab" occurs 3 times, " ab" twice, " abc" once.
  const curve = drain(bpeCurve(['ab ab abc']));
  expect(curve).toEqual({ first: 4, tokens: [9, 6, 4, 3] });
  expect([0, 4, 6, 7, 100].map((types) => tokensWith(curve, types))).toEqual([9, 9, 4, 3, 3]);
  expect(mostTypes(curve)).toBe(7);
});

it('is the learner of the paper: the same sentences in the same steps', () => {
  // With α = 1 nothing is left to chance, and the learner itself is checked against the published program.
  const sentences = sentencesOf(text).slice(0, 36);
  const learner = new LibLearner({ ...LIB_DEFAULTS, inRate: 1 }, () => 0);
  const learned = drain(learnLexicon(sentences, { ...settings, alpha: 1 }));
  for (let step = 1; step <= STEPS; step++) {
    const from = ((step - 1) % 12) * 3;
    learner.step(sentences.slice(from, from + 3));
    if (step === STEPS) learner.finish();
    const look = learned.looks.find((one) => one.step === step);
    if (!look) continue;
    const chunks = sentences.flatMap((sentence) => segmentByLexicon(learner.lexicon, sentence));
    const outside = new Set(chunks.filter((chunk) => !learner.lexicon.has(chunk)));
    expect([look.tokens, look.types]).toEqual([chunks.length, learner.lexicon.size + outside.size]);
    expect(look.shown.flat()).toEqual(chunks.slice(0, look.shown.flat().length));
  }
});

it('grows, forgets, and gives the sentences back whole', () => {
  const sentences = sentencesOf(text);
  const { looks, characters } = drain(learnLexicon(sentences, settings));
  expect(looks.map(({ step }) => step)).toEqual([...LOOKS]);
  const [first] = looks;
  const last = looks.at(-1)!;
  expect(last.tokens).toBeLessThan(first!.tokens);
  expect(last.onProbation).toBe(0);
  // A chunk may stay on probation for three steps: none is forgotten before.
  expect(looks.slice(0, 2).map(({ gone }) => gone.count)).toEqual([0, 0]);
  expect(looks.slice(2).every(({ come, gone }) => come.count > 0 && gone.count > 0)).toBe(true);
  for (const look of looks) {
    expect(look.shown.map((chunks) => chunks.join(''))).toEqual(firstOf(sentences));
    expect(look.multiWord.every(({ text: chunk }) => isMultiWord(chunk))).toBe(true);
    expect(look.tokens).toBeLessThan(characters);
  }
});

it('learns nothing of several characters where α is 0', () => {
  const { looks } = drain(learnLexicon(sentencesOf('aab. aab. abb.\n'.repeat(9)), { ...settings, alpha: 0 }));
  expect(looks[0]!.severalWords).toBe(0);
});

it('shows the same run at any step, works on a word, and says what it cannot learn from', async () => {
  const late = await runOn(experiment, text.slice(0, 3000));
  const early = await runOn(experiment, text.slice(0, 3000), { step: 4 });
  expect(early.result).toEqual(late.result);
  expect(early.figures['tokens']).toBe(lookFor(late.result, 3).tokens);
  expect(nearestLook(4)).toBe(5);
  expect((await runOn(experiment, 'word')).figures['tokens']).toBe(4);
  await expect(runOn(experiment, ' \n')).rejects.toMatchObject({ code: 'train-empty' });
  expect(() => readState(experiment, { alpha: 2 })).toThrow(/^alpha is not usable/);
});
