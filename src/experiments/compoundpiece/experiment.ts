import * as v from 'valibot';
import { LARGEST_SEED } from '../../core/image/noise';
import { runInSlices } from '../../tokenizers/slices';
import { type Experiment, textOf } from '../experiment';
import { type Corpus, corpusOf, tokenizerWords } from './corpus';
import { type Language, languages, loadLanguage } from './data';
import { type CorpusWord, hardFrom, learnPieces, type Merges, MOST_MERGES, wordCrossings } from './pieces';
import { samples } from './samples';
import { cutsByFrequency, type Division, hyphenLessons, Splitter } from './splitter';

/** What the splitter of the tokenizer has learned from. */
export const stages = ['hyphens', 'compounds'] as const;

export interface State {
  readonly language: Language;
  readonly stage: (typeof stages)[number];
  /** Merges of each tokenizer. */
  readonly merges: number;
  readonly seed: number;
}

/** A word in the tokens of the three tokenizers. */
export interface SplitWord {
  readonly word: string;
  /** Where its parts meet, if that is known; UTF-16 units. */
  readonly gold: readonly number[] | undefined;
  /** Where the splitter cuts it. */
  readonly cuts: readonly number[];
  /** For each boundary of bytes the merge that crosses it, of each tokenizer. */
  readonly crossed: Readonly<Record<TokenizerName, Uint32Array>>;
}

/** Plain BPE; BPE learned from split words, on whole words; the same on words that are split first. */
export const tokenizers = ['plain', 'trained', 'split'] as const;
export type TokenizerName = (typeof tokenizers)[number];

export interface Result {
  readonly own: readonly SplitWord[];
  /** Some of the held-back compounds, to look at. */
  readonly listed: readonly SplitWord[];
  /** For each held-back compound the first merge that makes it hard, ascending. */
  readonly hard: Readonly<Record<TokenizerName, Uint32Array>>;
  /** Merges that there are. */
  readonly most: number;
  /** Held-back compounds that are divided exactly right, in per cent; undefined where there are none. */
  readonly accuracy: Readonly<Record<'frequency' | 'stage1' | 'stage2', number | undefined>>;
  /** What was learned from. */
  readonly lessons: { readonly hyphens: number; readonly compounds: number; readonly words: number };
}

/** Held-back compounds that a view may draw. */
const LISTED = 24;

const merges = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_MERGES));
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST_SEED));

const state = v.strictObject({
  language: v.optional(v.picklist(languages), 'de'),
  stage: v.optional(v.picklist(stages), 'compounds'),
  merges: v.optional(merges, 3000),
  seed: v.optional(seed, 1),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'compounds-de', samples, limit: 200_000 },
  state,
  control: 'merges',
  shown: ['merges'],

  async run({ language, stage, seed }, input, { signal, progress }) {
    const text = textOf(input);
    const data = await loadLanguage(language);
    const steps = compute(
      corpusOf(data, text),
      data.compounds.map(({ word }) => word),
      stage,
      seed,
    );
    let result: Result | undefined;
    const step = () => {
      const next = steps.next();
      if (!next.done) return Math.min(0.999, next.value);
      result = next.value;
      return 1;
    };
    await runInSlices(step, { ...(signal && { signal }), ...(progress && { onProgress: progress }) });
    return result!;
  },

  figures({ own, hard, accuracy, lessons }, { merges }) {
    const share = (name: TokenizerName) => hardShare(hard[name], merges);
    const known = own.filter(({ gold }) => gold);
    const hardOwn = known.filter(({ word, gold, crossed }) => hardFrom(word, gold!, crossed.plain) < merges);
    const { frequency, stage1 } = accuracy;
    const gain = frequency === undefined || stage1 === undefined ? undefined : stage1 - frequency;
    return [
      { id: 'hard-plain', label: 'Hard compounds, plain BPE', value: share('plain'), unit: '%' },
      {
        id: 'hard-trained',
        label: 'Hard compounds, BPE learned from split words',
        value: share('trained'),
        unit: '%',
      },
      {
        id: 'hard-split',
        label: 'Hard compounds, words split before BPE as well',
        value: share('split'),
        unit: '%',
      },
      { id: 'gain', label: 'Accuracy of stage 1 over counts of words', value: gain, unit: 'points' },
      {
        id: 'accuracy-frequency',
        label: 'Divided exactly right by counts of words',
        value: frequency,
        unit: '%',
      },
      { id: 'accuracy-1', label: 'Divided exactly right by stage 1 (hyphens)', value: stage1, unit: '%' },
      {
        id: 'accuracy-2',
        label: 'Divided exactly right by stage 2 (and compounds)',
        value: accuracy.stage2,
        unit: '%',
      },
      { id: 'hyphenated', label: 'Hyphenated words to learn from', value: lessons.hyphens, unit: 'words' },
      {
        id: 'own-hard',
        label: 'Your words whose parts are known: hard with plain BPE',
        value: known.length > 0 ? (100 * hardOwn.length) / known.length : undefined,
        unit: '%',
      },
    ];
  },
};

/** Per cent of compounds that are hard with so many merges. */
export function hardShare(hard: Uint32Array, merges: number): number | undefined {
  if (hard.length === 0) return undefined;
  return (100 * hard.filter((from) => from < merges).length) / hard.length;
}

/** Words of a test that are looked at between two looks at the clock. */
const BATCH = 8;

function* compute(
  corpus: Corpus,
  compounds: readonly string[],
  stage: State['stage'],
  seed: number,
): Generator<number, Result> {
  const { compounds: hyphens, others } = hyphenLessons(corpus.counts);
  const known = new Set([...corpus.plain.keys()].filter((word) => word.length >= 3));
  const first = new Splitter(known);
  yield* scaled(first.learn([...hyphens, ...others], seed), 0, 0.15);
  const second = new Splitter(known);
  yield* scaled(second.learn([...hyphens, ...others, ...corpus.lessons], seed), 0.15, 0.45);
  const splitter = stage === 'hyphens' ? first : second;

  const words = tokenizerWords(corpus, compounds);
  const cutsOf = new Map<string, readonly number[]>();
  let done = 0;
  for (const word of words.keys()) {
    cutsOf.set(word, splitter.cuts(word));
    if (++done % BATCH === 0) yield 0.45 + (0.15 * done) / words.size;
  }
  const whole = [...words].map(([word, count]): CorpusWord => ({ pieces: [word], count }));
  const split = [...words].map(
    ([word, count]): CorpusWord => ({ pieces: piecesOf(word, cutsOf.get(word)!), count }),
  );
  const plain = yield* scaled(learnPieces(whole), 0.6, 0.7);
  const trained = yield* scaled(learnPieces(split), 0.7, 0.8);

  const hard = { plain: [] as number[], trained: [] as number[], split: [] as number[] };
  const listed: SplitWord[] = [];
  const right = { frequency: 0, stage1: 0, stage2: 0 };
  const every = Math.max(1, Math.floor(corpus.held.length / LISTED));
  for (const [i, { word, cuts }] of corpus.held.entries()) {
    const drawn = inTokens(word, cuts, splitter, plain, trained);
    for (const name of tokenizers) hard[name].push(hardFrom(word, cuts, drawn.crossed[name]));
    if (i % every === 0 && listed.length < LISTED) listed.push(drawn);
    if (isSame(cutsByFrequency(word, corpus.plain), cuts)) right.frequency++;
    if (isSame(first.cuts(word), cuts)) right.stage1++;
    if (isSame(second.cuts(word), cuts)) right.stage2++;
    if (i % BATCH === 0) yield 0.8 + (0.15 * i) / corpus.held.length;
  }
  const own = corpus.own.map(({ word, gold }) => inTokens(word, gold, splitter, plain, trained));
  const share = (count: number) => (corpus.held.length > 0 ? (100 * count) / corpus.held.length : undefined);
  return {
    own,
    listed,
    hard: {
      plain: Uint32Array.from(hard.plain).sort(),
      trained: Uint32Array.from(hard.trained).sort(),
      split: Uint32Array.from(hard.split).sort(),
    },
    most: Math.max(plain.size, trained.size),
    accuracy: {
      frequency: share(right.frequency),
      stage1: share(right.stage1),
      stage2: share(right.stage2),
    },
    lessons: { hyphens: hyphens.length, compounds: corpus.lessons.length, words: words.size },
  };
}

function inTokens(
  word: string,
  gold: Division['cuts'] | undefined,
  splitter: Splitter,
  plain: Merges,
  trained: Merges,
): SplitWord {
  const cuts = splitter.cuts(word);
  const crossed = {
    plain: wordCrossings(word, [], plain),
    trained: wordCrossings(word, [], trained),
    split: wordCrossings(word, cuts, trained),
  };
  return { word, gold, cuts, crossed };
}

function piecesOf(word: string, cuts: readonly number[]): string[] {
  return [0, ...cuts].map((from, i) => word.slice(from, cuts[i] ?? word.length));
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Steps that tell their share, as a stretch of the whole. */
function* scaled<T>(steps: Generator<number, T>, from: number, to: number): Generator<number, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}
