import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { runInSlices } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { news } from '../news';
import { tokensWith } from './bpe';
import { type Learned, type Learning, type Look, learnLexicon, STEPS } from './learn';
import { sentencesOf } from './sentences';

export interface State extends Learning {
  /** The step after which the lexicon is shown. */
  readonly step: number;
}

export type Result = Learned;

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

const state = v.strictObject({
  step: v.optional(whole(STEPS), STEPS),
  alpha: v.optional(share, 0.25),
  omega: v.optional(share, 0.01),
  life: v.optional(whole(100), 3),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 0),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'alice', samples: [alice, ...news], limit: 200_000 },
  state,
  control: 'step',
  shown: ['step'],

  async run(settings, input, { signal, progress, preview }) {
    const sentences = sentencesOf(textOf(input).toWellFormed());
    if (sentences.length === 0) {
      throw new TokenoscopeError(
        'train-empty',
        'There is no text to learn from.',
        'Paste a text, or drop one.',
      );
    }
    let learned: Learned | undefined;
    const steps = learnLexicon(sentences, settings);
    await runInSlices(
      () => {
        const step = steps.next();
        if (step.done) {
          learned = step.value;
          return 1;
        }
        if (step.value.so) preview?.(step.value.so);
        return Math.min(step.value.share, 0.999);
      },
      { ...(signal && { signal }), ...(progress && { onProgress: progress }) },
    );
    return learned!;
  },

  figures(learned, { step }) {
    const { characters, words, bpe } = learned;
    const { tokens, types, onProbation, severalWords } = lookFor(learned, step);
    const others = tokensWith(bpe, types);
    return [
      {
        id: 'characters-per-token',
        label: 'Characters per token',
        value: characters / tokens,
        unit: 'characters',
      },
      {
        id: 'fewer-tokens',
        label: 'Fewer tokens than BPE with as many types',
        value: fewer(others, tokens),
        unit: '%',
      },
      {
        id: 'fewer-than-words',
        label: 'Fewer tokens than words',
        value: fewer(words.tokens, tokens),
        unit: '%',
      },
      {
        id: 'fewer-types',
        label: 'Fewer types than different words',
        value: fewer(words.types, types),
        unit: '%',
      },
      { id: 'tokens', label: 'Tokens', value: tokens, unit: 'tokens' },
      { id: 'types', label: 'Types', value: types, unit: 'types' },
      { id: 'probation', label: 'On probation', value: onProbation, unit: 'types' },
      { id: 'several-words', label: 'Types of several words', value: severalWords, unit: 'types' },
    ];
  },
};

/** The lexicon at a step, or at the last look before it. */
export function lookFor({ looks }: Learned, step: number): Look {
  return looks.findLast((look) => look.step <= step) ?? looks[0]!;
}

/** How many per cent fewer. */
export function fewer(than: number, tokens: number): number {
  return 100 * (1 - tokens / than);
}
