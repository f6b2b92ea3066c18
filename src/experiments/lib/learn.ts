import { mulberry32 } from '../../core/image/noise';
import { LIB_DEFAULTS, LibLearner, segmentByLexicon } from '../../tokenizers/train/lib';
import { type BpeCurve, bpeCurve } from './bpe';
import { firstOf } from './sentences';

/** Steps of learning. */
export const STEPS = 60;

/** The steps after which the lexicon is looked at. */
export const LOOKS = [1, 2, 3, 5, 8, 12, 16, 20, 30, 45, STEPS] as const;

/** Most sentences of a step; fewer where the text would be read in fewer than so many steps. */
const SENTENCES = { most: 100, pass: 12 } as const;

/** Chunks of a list. */
const LISTED = 24;

/** What the paper calls α, ω and τ₀, and the seed. */
export interface Learning {
  readonly alpha: number;
  readonly omega: number;
  readonly life: number;
  readonly seed: number;
}

export interface Counted {
  readonly text: string;
  readonly count: number;
}

/** The lexicon after a step. */
export interface Look {
  readonly step: number;
  /** Chunks, and the characters that some sentence needs besides. */
  readonly types: number;
  /** Chunks that have still to prove themselves; none after the last step, when they are dropped. */
  readonly onProbation: number;
  /** Of all sentences. */
  readonly tokens: number;
  /** Chunks that hold a space between words. */
  readonly severalWords: number;
  /** The most used ones of these. */
  readonly multiWord: readonly Counted[];
  /** Chunks that have come and gone since the look before, how many and the best ones. */
  readonly come: { readonly count: number; readonly best: readonly string[] };
  readonly gone: { readonly count: number; readonly best: readonly string[] };
  /** The shown sentences in chunks. */
  readonly shown: readonly (readonly string[])[];
}

export interface Learned {
  /** Code points of all sentences. */
  readonly characters: number;
  readonly sentences: number;
  /** Words as spaces divide them, and different ones. */
  readonly words: { readonly tokens: number; readonly types: number };
  readonly bpe: BpeCurve;
  /** Ascending. */
  readonly looks: readonly Look[];
}

interface Progress {
  readonly share: number;
  readonly so?: Learned;
}

/** Learns a lexicon from sentences, which are read in order, again and again. Small steps. */
export function* learnLexicon(
  sentences: readonly string[],
  settings: Learning,
): Generator<Progress, Learned> {
  const random = mulberry32(settings.seed);
  const { alpha: inRate, omega: outRate, life } = settings;
  const learner = new LibLearner({ ...LIB_DEFAULTS, inRate, outRate, life }, () => random() / 2 ** 32);
  const curve = bpeCurve(sentences);
  let next = curve.next();
  for (; !next.done; next = curve.next()) yield { share: 0.02 };
  const words = sentences.flatMap((sentence) => sentence.split(/\s+/u));
  const looks: Look[] = [];
  const learned = {
    characters: sentences.reduce((sum, sentence) => sum + [...sentence].length, 0),
    sentences: sentences.length,
    words: { tokens: words.length, types: new Set(words).size },
    bpe: next.value,
  };
  const shown = firstOf(sentences);
  const each = Math.min(SENTENCES.most, Math.max(1, Math.ceil(sentences.length / SENTENCES.pass)));
  let before: readonly string[] = [];
  for (let step = 1, from = 0; step <= STEPS; step++) {
    const share = 0.1 + (0.9 * (step - 1)) / STEPS;
    for (const _ of learner.stepping(sentences.slice(from, from + each))) yield { share };
    // As published: the next reading begins where the text begins.
    from = from + each >= sentences.length ? 0 : from + each;
    if (!LOOKS.some((look) => look === step)) continue;
    if (step === STEPS) learner.finish();
    const look = lookAt(learner, sentences, step, before, shown);
    let part = look.next();
    for (; !part.done; part = look.next()) yield { share };
    looks.push(part.value);
    before = [...learner.lexicon.chunks];
    yield { share: 0.1 + (0.9 * step) / STEPS, so: { ...learned, looks: [...looks] } };
  }
  return { ...learned, looks };
}

function* lookAt(
  { lexicon, onProbation }: LibLearner,
  sentences: readonly string[],
  step: number,
  before: readonly string[],
  shown: readonly string[],
): Generator<void, Look> {
  const counts = new Map<string, number>();
  let tokens = 0;
  for (const sentence of sentences) {
    for (const chunk of segmentByLexicon(lexicon, sentence)) {
      counts.set(chunk, (counts.get(chunk) ?? 0) + 1);
      tokens++;
    }
    yield;
  }
  const { chunks } = lexicon;
  const old = new Set(before);
  const come = chunks.filter((chunk) => !old.has(chunk));
  const gone = before.filter((chunk) => !lexicon.has(chunk));
  const multiWord = [...counts]
    .filter(([chunk]) => isMultiWord(chunk))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, LISTED);
  return {
    step,
    types: chunks.length + [...counts.keys()].filter((chunk) => !lexicon.has(chunk)).length,
    onProbation,
    tokens,
    severalWords: chunks.filter(isMultiWord).length,
    multiWord: multiWord.map(([text, count]) => ({ text, count })),
    come: { count: come.length, best: come.slice(0, LISTED) },
    gone: { count: gone.length, best: gone.slice(0, LISTED) },
    shown: shown.map((sentence) => segmentByLexicon(lexicon, sentence)),
  };
}

/** The look that is nearest to a step, by their ratio. */
export function nearestLook(step: number): number {
  return LOOKS.reduce((best, look) =>
    Math.abs(Math.log(look / step)) < Math.abs(Math.log(best / step)) ? look : best,
  );
}

/** Whether a chunk holds a space between two words, or parts of them. */
export function isMultiWord(chunk: string): boolean {
  return /\S\s+\S/u.test(chunk);
}
