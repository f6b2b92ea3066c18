import * as v from 'valibot';
import { packedText } from '../../catalog/packed-text';
import { throwIfAborted } from '../../core/errors';
import { mulberry32 } from '../../core/image/noise';
import { encodeUtf8, isContinuation } from '../../core/text/utf8';
import { runInSlices } from '../../tokenizers/slices';
import { type Experiment, type Figure, textOf } from '../experiment';
import { type BoundaryPredictor, featuresOf } from './boundaries';
import { RATIOS, SCRIPT_NAMES, type Script, scriptOf, scripts } from './scripts';
import { type Lesson, lessonsOf, trainPredictor } from './train';

/** Times that a predictor reads its texts. */
const EPOCHS = 15;

/** A byte ends a segment where the predictor says so with more than this. */
const THRESHOLD = 0.5;

export interface State {
  /** Bytes of a segment in Latin script, by which the prior is 1 divided. */
  readonly bytes: number;
  readonly seed: number;
}

export interface Result {
  readonly lines: readonly Line[];
  /** Of articles 2 to 30, which the predictors have learned from, in the order of `scripts`; empty without a line. */
  readonly learned: readonly Counts[];
}

/** A line of the text, a sentence in one script. */
export interface Line extends Counts {
  readonly text: string;
  /** Undefined: no predictor knows its script, and it is not divided. */
  readonly script: Script | undefined;
  /** Where segments end, in bytes, the text's end last. */
  readonly ends: Both<readonly number[]>;
  /** Boundaries inside a character. */
  readonly inside: Both<number>;
}

export interface Counts {
  readonly bytes: number;
  readonly segments: Both<number>;
}

/** With one predictor and prior for all scripts, and with one for each. */
export interface Both<T> {
  readonly single: T;
  readonly own: T;
}

const state = v.strictObject({
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(12)), 5),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 1),
});

/** MAGNET (arXiv 2407.08818): boundaries between bytes by a predictor for each script. */
export const experiment: Experiment<State, Result> = {
  input: {
    kind: 'text',
    sample: 'declaration',
    samples: [
      {
        id: 'declaration',
        label: 'One sentence, three scripts',
        load: async () => (await import('./data/article-1.txt?raw')).default,
      },
    ],
    limit: 50_000,
  },
  state,
  control: 'bytes',

  async run(state, input, { signal, progress }) {
    throwIfAborted(signal);
    const sentences = textOf(input)
      .toWellFormed()
      .split(/[\r\n]+/u)
      .flatMap((line) => line.trim() || []);
    if (sentences.length === 0) {
      progress?.(1);
      return { lines: [], learned: [] };
    }
    const articles = JSON.parse(await packedText(() => import('./data/articles.pack?url&inline'))) as Record<
      Script,
      string[]
    >;
    const work = compute(sentences, articles, state);
    let result: Result | undefined;
    const step = () => {
      const { done, value } = work.next();
      if (!done) return value;
      result = value;
      return 1;
    };
    await runInSlices(step, { ...(signal && { signal }), ...(progress && { onProgress: progress }) });
    return result!;
  },

  figures({ lines, learned }) {
    const per = (script: Script, kind: keyof Both<number>) => {
      const some = lines.filter((line) => line.script === script);
      return some.length === 0 ? undefined : sum(some, (line) => line.segments[kind]) / some.length;
    };
    const against = (script: Script, kind: keyof Both<number>) =>
      divided(per(script, kind), per('Latn', kind));
    const others = ['Cyrl', 'Deva'] as const;
    const most = (kind: keyof Both<number>) => largest(others.map((script) => against(script, kind)));
    const inText = (kind: keyof Both<number>) =>
      largest(learned.map(({ segments }) => segments[kind] / learned[0]!.segments[kind]));
    const boundaries = (kind: keyof Both<number>) =>
      sum(lines, ({ segments }) => Math.max(0, segments[kind] - 1));
    const inside = (kind: keyof Both<number>) =>
      divided(100 * sum(lines, (line) => line.inside[kind]), boundaries(kind) || undefined);
    const deva = lines.filter(({ script }) => script === 'Deva');
    const figure = (id: string, label: string, value: number | undefined, unit: string): Figure => ({
      id,
      label,
      value,
      unit,
    });
    return [
      figure('most-single', 'Most segments, one prior', most('single'), '× Latin'),
      figure('most', 'Most segments, a prior for each script', most('own'), '× Latin'),
      ...others.flatMap((script) => {
        const name = SCRIPT_NAMES[script];
        return [
          figure(`${name.toLowerCase()}-single`, `${name}, one prior`, against(script, 'single'), '× Latin'),
          figure(name.toLowerCase(), `${name}, own prior`, against(script, 'own'), '× Latin'),
        ];
      }),
      figure(
        'devanagari-bytes',
        'Bytes of a segment in Devanagari',
        divided(
          sum(deva, ({ bytes }) => bytes),
          sum(deva, ({ segments }) => segments.own) || undefined,
        ),
        'bytes',
      ),
      figure('inside-single', 'Boundaries inside a character, one prior', inside('single'), '%'),
      figure('inside', 'Boundaries inside a character, own priors', inside('own'), '%'),
      figure(
        'learned-single',
        'Most segments of the texts learned from, one prior',
        inText('single'),
        '× Latin',
      ),
      figure('learned', 'Most segments of the texts learned from, own priors', inText('own'), '× Latin'),
    ];
  },
};

/** The whole run in small steps, each of which tells the share that is done. */
function* compute(
  sentences: readonly string[],
  articles: Record<Script, string[]>,
  { bytes, seed }: State,
): Generator<number, Result> {
  const texts: Uint8Array[] = [];
  const lessons: Lesson[][] = [];
  for (const script of scripts) {
    const all = encodeUtf8(articles[script].slice(1).join('\n'));
    texts.push(all);
    const steps = lessonsOf(script, all);
    let next = steps.next();
    for (; !next.done; next = steps.next()) yield 0.09 * lessons.length;
    lessons.push(next.value);
  }
  const random = mulberry32(seed);
  const single = yield* told(
    trainPredictor(lessons.flat(), () => 1 / bytes, EPOCHS, random),
    0.3,
    0.35,
  );
  const own: BoundaryPredictor[] = [];
  for (const [i, script] of scripts.entries()) {
    const share = 1 / (bytes * RATIOS[script]);
    own.push(
      yield* told(
        trainPredictor(lessons[i]!, () => share, EPOCHS, random),
        0.65 + 0.1 * i,
        0.1,
      ),
    );
  }
  const lines: Line[] = [];
  for (const sentence of sentences) {
    lines.push(lineOf(sentence, single, own));
    yield 0.95;
  }
  const learned = texts.map((all, i) => ({
    bytes: all.length,
    segments: { single: endsOf(all, single).length, own: endsOf(all, own[i]!).length },
  }));
  return { lines, learned };
}

function lineOf(text: string, single: BoundaryPredictor, own: readonly BoundaryPredictor[]): Line {
  const script = scriptOf(text);
  const bytes = encodeUtf8(text);
  const ends = script
    ? { single: endsOf(bytes, single), own: endsOf(bytes, own[scripts.indexOf(script)]!) }
    : { single: [], own: [] };
  const insideOf = (some: readonly number[]) =>
    some.filter((end) => end < bytes.length && isContinuation(bytes[end]!)).length;
  return {
    text,
    script,
    bytes: bytes.length,
    ends,
    segments: { single: ends.single.length, own: ends.own.length },
    inside: { single: insideOf(ends.single), own: insideOf(ends.own) },
  };
}

/** Where segments end; the text's end ends the last one. */
function endsOf(bytes: Uint8Array, predictor: BoundaryPredictor): number[] {
  const ends: number[] = [];
  for (const [at, probability] of predictor.probabilities(featuresOf(bytes)).entries()) {
    if (probability > THRESHOLD || at === bytes.length - 1) ends.push(at + 1);
  }
  return ends;
}

/** Tells a part of the work's share. */
function* told<T>(steps: Generator<number, T>, from: number, part: number): Generator<number, T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + part * value;
  }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function divided(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined ? undefined : part / whole;
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
