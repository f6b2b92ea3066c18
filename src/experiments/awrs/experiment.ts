import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { LARGEST_SEED } from '../../core/image/noise';
import type { Tokenizer } from '../../core/text/tokens';
import { uniforms } from '../../engine/lm/draw';
import { pauses } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { type ConstraintState, constraintOf, kinds, units } from './constraint';
import { ByteReading } from './constraints/bytes';
import { type Enumeration, enumerate } from './enumerate';
import { drawAt, type Level } from './levels';
import { localLaw } from './local';
import { chanceOf, type Form, forms, samplers } from './sampler';
import { sentencesOf } from './sentences';
import { measureSteps, type Steps } from './steps';
import { learnTarget, paragraphTarget, type Target } from './target';
import { type Place, PrefixTree } from './tree';

/** Particles of a population that are tried, ascending. */
export const LEVELS = [1, 2, 4, 8, 16, 32, 64, 128] as const;

/** Tokens of the vocabulary that is learned, the bytes among them. */
const VOCABULARY = 512;

/** The network: a small one, as it is asked for every byte of hundreds of strings. */
const NETWORK = 'lm-draft';

/**
 * How much a network does: it takes half a millisecond a place, and keeps a third of a megabyte for each string that is being
 * drawn.
 */
const OF_NETWORK = { places: 800, share: 1 / 8, together: 128 } as const;

/** Places whose steps are measured. */
const MEASURED = 160;

/** Checks times tokens of the vocabulary up to which all is drawn as often as usual: about a tenth of a second. */
const FULL_EFFORT = 6e7;

/** Characters that a string may have. */
export const LONGEST = 120;

export interface State extends ConstraintState {
  /** Characters of a string, at most. */
  readonly most: number;
  /** An n-gram model of the text's sentences, or a network of the page that writes paragraphs. */
  readonly model: 'learned' | 'network';
  readonly tokens: 'bytes' | 'bpe';
  /** Tokens of an n-gram of the model. */
  readonly order: number;
  readonly form: Form;
  /** Particles are resampled below this share of them, in per cent. */
  readonly threshold: number;
  readonly seed: number;
  /** Particles that are shown. */
  readonly particles: number;
}

export interface Result {
  /** Tokens of the vocabulary, with the one that ends a string: the checks of a full mask. */
  readonly vocabulary: number;
  /** Sentences that the model has read. */
  readonly sentences: number;
  /** What is drawn with 1, 2, 4, ... particles, as far as it is done. */
  readonly levels: readonly Level[];
  /** All valid strings; undefined where these are too many. */
  readonly exact: Enumeration | undefined;
  /** Undefined until it is measured. */
  readonly steps: Steps | undefined;
}

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const written = (most: number) => v.pipe(v.string(), v.maxLength(most));

const state = v.strictObject({
  kind: v.optional(v.picklist(kinds), 'pattern'),
  pattern: v.optional(
    written(400),
    'Alice was (a zebra|so tired|not a cat|in a hurry|very (sad|tired|sleepy))\\.',
  ),
  without: v.optional(written(40), 'e'),
  length: v.optional(whole(1, 60), 5),
  unit: v.optional(v.picklist(units), 'words'),
  most: v.optional(whole(1, LONGEST), 60),
  model: v.optional(v.picklist(['learned', 'network']), 'learned'),
  tokens: v.optional(v.picklist(['bytes', 'bpe']), 'bytes'),
  order: v.optional(whole(1, 8), 6),
  form: v.optional(v.picklist(forms), 'library'),
  threshold: v.optional(whole(0, 100), 50),
  seed: v.optional(whole(0, LARGEST_SEED), 1),
  particles: v.optional(v.picklist(LEVELS), 1),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: alice.id, samples: [alice], limit: 400_000 },
  state,
  control: 'particles',
  shown: ['particles'],

  async run(chosen, input, { signal, progress, preview, languageModel }) {
    const text = textOf(input);
    // Progress is told at the ends of parts.
    const rest = pauses(signal ? { signal } : {});
    const pause = () => rest(0);
    await pause();
    const start = startOf(chosen);
    const sentences = sentencesOf(text.toWellFormed());
    if (sentences.length === 0)
      throw new TokenoscopeError(
        'train-empty',
        'There is no text to learn from.',
        'Paste a text, or drop one.',
      );
    const isNetwork = chosen.model === 'network';
    const target = isNetwork
      ? paragraphTarget((await languageModel(NETWORK)).model, sentences)
      : await learn(text, sentences, chosen, {
          ...(signal && { signal }),
          onProgress: (share) => progress?.(0.2 * share),
        });
    const tree = new PrefixTree(target, start);
    const frame = { vocabulary: tree.size, sentences: sentences.length };
    const exact = await enumerate(tree, pause, signal, isNetwork ? OF_NETWORK.places : undefined);
    progress?.(0.3);

    const uniform = uniforms(chosen.seed);
    const chance = chanceOf(uniform);
    const visited: Place[] = [];
    const levels: Level[] = [];
    for (const [i, particles] of LEVELS.entries()) {
      const draws = {
        particles,
        threshold: chosen.threshold / 100,
        sampler: samplers[chosen.form],
        chance,
        uniform,
        signal,
        pause,
        ...(particles === 1 && { visit: (place: Place) => visited.push(place) }),
      };
      const checked = (levels[0]?.allChecks ?? 0) * tree.size;
      // What is listed has been asked for already.
      const share = isNetwork && !exact ? OF_NETWORK.share : Math.min(1, FULL_EFFORT / checked);
      const together = isNetwork ? OF_NETWORK.together : Number.POSITIVE_INFINITY;
      levels.push(await drawAt(tree, draws, exact, { share, together }));
      progress?.(0.3 + (0.5 * (i + 1)) / LEVELS.length);
      preview?.({ ...frame, exact, levels: [...levels], steps: undefined });
    }
    const effort = (levels[0]!.checks * tree.size) / FULL_EFFORT;
    const steps = await measureSteps(tree, spread(visited, MEASURED), chance, effort, { pause, signal });
    progress?.(1);
    return { ...frame, exact, levels, steps };
  },

  figures({ vocabulary, levels, exact, steps }, { form, particles }) {
    const token = levels[0];
    const at = levels.find((level) => level.particles === particles);
    const local = exact && token && localLaw(exact, token).distance;
    const measured = steps?.forms.find((each) => each.form === form);
    return [
      { id: 'checks', label: 'Checks for a token and its weight', value: token?.checks, unit: 'checks' },
      { id: 'full-mask', label: 'Checks for a token by a full mask', value: vocabulary, unit: 'checks' },
      {
        id: 'fewer',
        label: 'Fewer checks than a full mask',
        value: token && vocabulary / token.checks,
        unit: 'times',
      },
      {
        id: 'extra-checks',
        label: 'Checks for the weight alone',
        value: token && token.checks - token.toSample,
        unit: 'checks per token',
      },
      {
        id: 'weight-ratio',
        label: 'Mean weight over the true probability that the rule leaves a token',
        value: measured && steps && measured.estimate / steps.truth,
        unit: 'times',
      },
      {
        id: 'distance',
        label: 'Distance from the right probabilities, with the particles shown',
        value: percent(particles === 1 ? local : at?.distance),
        unit: '%',
      },
      {
        id: 'distance-most',
        label: `Distance with ${LEVELS.at(-1)} particles`,
        value: percent(levels.find((level) => level.particles === LEVELS.at(-1))?.distance),
        unit: '%',
      },
      {
        id: 'local-distance',
        label: 'Distance token by token',
        value: percent(local),
        unit: '%',
      },
      {
        id: 'bits',
        label: 'Bits that the rule costs a string, estimated',
        value: bitsOf(at?.log2Mass),
        unit: 'bits',
      },
      {
        id: 'true-bits',
        label: 'Bits that the rule costs a string, exactly',
        value: bitsOf(exact?.log2Mass),
        unit: 'bits',
      },
      {
        id: 'bits-per-string',
        label: 'What the model pays for what is drawn',
        value: at?.bitsPerString,
        unit: 'bits per string',
      },
    ];
  },
};

/** @throws TokenoscopeError `query-invalid` for a constraint that is not read, or that no string can meet */
function startOf(state: State): ByteReading {
  const constraint = constraintOf(state);
  const start = ByteReading.start(constraint, state.most);
  if (start) return start;
  throw new TokenoscopeError(
    'query-invalid',
    `The shortest valid string has ${constraint.shortest} characters, more than the ${state.most} that are allowed.`,
    'Allow longer strings, or ask for less.',
  );
}

/** Learns an n-gram model of sentences. @throws TokenoscopeError `aborted` */
async function learn(
  text: string,
  sentences: readonly string[],
  { tokens, order }: State,
  { onProgress, ...work }: Work,
): Promise<Target> {
  let tokenizer: Tokenizer | undefined;
  if (tokens === 'bpe') {
    // What learns tokenizers is loaded only where it is needed.
    const { learnTokenizer } = await import('../language-models');
    const half = (share: number) => onProgress(share / 2);
    tokenizer = await learnTokenizer(text, VOCABULARY, { ...work, onProgress: half });
  }
  return await learnTarget(sentences, tokenizer, {
    ...work,
    order,
    onProgress: (share) => onProgress(0.5 + share / 2),
  });
}

interface Work {
  readonly signal?: AbortSignal;
  readonly onProgress: (share: number) => void;
}

function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : 100 * share;
}

function bitsOf(log2Mass: number | undefined): number | undefined {
  return log2Mass === undefined || log2Mass === Number.NEGATIVE_INFINITY ? undefined : -log2Mass;
}

/** So many of a list, evenly spread. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}
