import * as v from 'valibot';
import { packedText } from '../../catalog/packed-text';
import { throwIfAborted } from '../../core/errors';
import { mulberry32 } from '../../core/image/noise';
import type { Tokenizer } from '../../core/text/tokens';
import { runInSlices } from '../../tokenizers/slices';
import { type Experiment, type RunContext, textOf } from '../experiment';
import { Bags } from './bags';
import { drawOf, type Labelled, learningCurve } from './classify';
import anatomy from './data/anatomy.txt?raw';
import disorders from './data/disorders.txt?raw';
import drugs from './data/drugs.txt?raw';
import { chooseTypes, isWord, Pool, piecesOf, sentencesOf, tokensOf } from './pool';
import { learnVocabulary, type TypeVocabulary } from './type-vocabulary';
import { SIZES } from './types';

/** Shares of the training texts, in percent: the points of the learning curve. */
export const SHARES = [10, 20, 50, 100] as const;

/** Words of the text that are shown. */
const SHOWN = 220;

/** Words of types that are listed with their pieces. */
const LISTED = 12;

export const weights = ['tokens', 'base'] as const;

export interface State {
  /** New subwords of each type, one of SIZES. */
  readonly pieces: (typeof SIZES)[number];
  /** Draws of training and test texts that the learning curve is the mean of. */
  readonly draws: number;
  readonly seed: number;
  /** How often a word in subwords of a type counts for the classifier: by its tokens, or as often as it did in the base's. */
  readonly weight: (typeof weights)[number];
}

export interface Result {
  readonly words: number;
  readonly baseTokens: number;
  /** In the order of SIZES. */
  readonly sizes: readonly SizeResult[];
  /** Mean accuracy of the base at each share, 0 to 1. */
  readonly baseCurve: readonly number[];
  readonly labels: readonly string[];
  readonly texts: number;
}

/** What a size of the type vocabularies gives. */
export interface SizeResult {
  /** Tokens of the text's words. */
  readonly tokens: number;
  /** Words by type, in the order of `termTypes`. */
  readonly byType: readonly number[];
  /** Words whose type their sentence decided. */
  readonly moved: number;
  readonly shown: readonly ShownWord[];
  readonly listed: readonly { readonly type: number; readonly pieces: string[]; readonly base: string[] }[];
  /** Mean accuracy at each share, 0 to 1. */
  readonly curve: readonly number[];
  /** Of the accuracy on all data and that of the base: the mean over the draws and its standard error. */
  readonly difference: { readonly mean: number; readonly error: number };
}

/** A word, or what is not one, as it is shown. */
export interface ShownWord {
  /** What stands before it: a space, a line break, nothing. */
  readonly gap: string;
  readonly pieces: readonly string[];
  /** -1: the base. */
  readonly type: number;
}

const state = v.strictObject({
  pieces: v.optional(v.picklist(SIZES), 800),
  draws: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 6),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 1),
  weight: v.optional(v.picklist(weights), 'tokens'),
});

/** K-Tokeniser (arXiv 2406.14312): subwords by semantic type, chosen by the sentence. */
/** Why the classifier of this page does not gain. */
const WORSE =
  'The paper fine-tunes language models. The classifier here only counts tokens, and a term that is one token counts once.';

export const experiment: Experiment<State, Result> = {
  input: {
    kind: 'text',
    sample: 'visit-note',
    samples: [
      {
        id: 'visit-note',
        label: 'Visit note',
        load: async () => (await import('./data/note.txt?raw')).default,
      },
    ],
    limit: 100_000,
  },
  state,
  control: 'pieces',
  shown: ['pieces'],

  async run(state, input, context) {
    throwIfAborted(context.signal);
    const text = textOf(input);
    const base = await context.tokenizer('bert-uncased');
    const passages = readPassages(await packedText(() => import('./data/passages.pack?url&inline')));
    const work = compute(text, passages, base, state);
    let result: Result | undefined;
    const step = () => {
      const { done, value } = work.next();
      if (!done) return Math.min(0.999, value);
      result = value;
      return 1;
    };
    await runInSlices(step, sliceOptions(context));
    return result!;
  },

  figures(result, { pieces }) {
    const size = result.sizes[SIZES.indexOf(pieces)]!;
    const { words, baseTokens, baseCurve } = result;
    const per = (count: number) => (words === 0 ? undefined : count / words);
    const full = baseCurve.at(-1)!;
    const gain = (size.curve.at(-1)! / full - 1) * 100;
    return [
      { id: 'fertility-base', label: 'Tokens per word, BERT', value: per(baseTokens), unit: 'tokens' },
      { id: 'fertility', label: 'Tokens per word, with types', value: per(size.tokens), unit: 'tokens' },
      {
        id: 'fewer',
        label: 'Fewer tokens',
        value: words === 0 ? undefined : 100 * (1 - size.tokens / baseTokens),
        unit: '%',
      },
      {
        id: 'typed',
        label: 'Words in subwords of a type',
        value: words === 0 ? undefined : (100 * size.byType.reduce((sum, count) => sum + count, 0)) / words,
        unit: '%',
      },
      { id: 'moved', label: 'Words whose type the sentence decided', value: size.moved, unit: 'words' },
      { id: 'accuracy-base', label: 'Classifier on all data, BERT', value: 100 * full, unit: '%' },
      {
        id: 'accuracy',
        label: 'Classifier on all data, with types',
        value: 100 * size.curve.at(-1)!,
        unit: '%',
      },
      {
        id: 'gain',
        label: 'Change of the micro-F1',
        value: gain,
        unit: '%',
        ...(gain < 0 && { note: WORSE }),
      },
      {
        id: 'half',
        label: 'With types on half the data, against BERT on all',
        value: 100 * (size.curve[SHARES.indexOf(50)]! / full),
        unit: '%',
      },
    ];
  },
};

interface Passage {
  readonly label: string;
  readonly group: string;
  readonly sentences: readonly (readonly string[])[];
}

function sliceOptions({ signal, progress }: RunContext<Result>) {
  return { ...(signal && { signal }), ...(progress && { onProgress: progress }) };
}

/** Lines of label, subject and text, divided by tabs. */
function readPassages(file: string): Passage[] {
  return file
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [label, subject, text] = line.split('\t') as [string, string, string];
      const sentences = sentencesOf(text).map((sentence) => sentence.map(({ word }) => word));
      return { label, group: `${label} ${subject}`, sentences };
    });
}

/** The whole run in small steps, each of which tells the share that is done. */
function* compute(
  text: string,
  passages: readonly Passage[],
  base: Tokenizer,
  { draws, seed, weight }: State,
): Generator<number, Result> {
  const vocabularies: TypeVocabulary[] = [];
  for (const list of [drugs, disorders, anatomy]) {
    const learning = learnVocabulary(list.trim().split('\n'), SIZES);
    for (;;) {
      const next = learning.next();
      if (next.done) {
        vocabularies.push(next.value);
        break;
      }
      yield (vocabularies.length + next.value.share) * 0.05;
    }
  }
  const pool = new Pool(base, vocabularies);
  for (const _ of pool.count(passages.flatMap(({ sentences }) => sentences.flat()))) yield 0.2;
  const labels = [...new Set(passages.map(({ label }) => label))];
  const random = mulberry32(seed);
  const groups = passages.map(({ group }) => group);
  const drawn = Array.from({ length: draws }, () => drawOf(groups, random));
  const sentences = sentencesOf(text);
  const sizes: SizeResult[] = [];
  /** By size, then by draw, then by share. */
  const curves: number[][][] = SIZES.map(() => []);
  // Without new subwords everything is the base's: the first size.
  let baseTexts: Labelled[] | undefined;
  let baseBags: Bags | undefined;
  for (const size of SIZES.keys()) {
    const bags = new Bags(pool, weight === 'base');
    const texts: Labelled[] = [];
    for (const [i, { label, sentences: some }] of passages.entries()) {
      texts.push({ label: labels.indexOf(label), tokens: bags.of(some, size) });
      if (i % 16 === 0) yield 0.2 + (0.8 * (size + (0.5 * i) / passages.length)) / SIZES.length;
    }
    baseTexts ??= texts;
    baseBags ??= bags;
    const start = { texts: baseTexts, vocabulary: baseBags.vocabulary, pieces: bags.startsIn(baseBags) };
    for (const [i, draw] of drawn.entries()) {
      const learned = SHARES.map((share) => Math.round((draw.train.length * share) / 100));
      const curve = yield* told(
        learningCurve(texts, draw, learned, bags.vocabulary, start),
        0.2 + (0.8 * (size + 0.5 + (0.5 * i) / draws)) / SIZES.length,
      );
      curves[size]!.push(curve);
    }
    sizes.push({
      ...segmented(text, pool, sentences, size),
      curve: SHARES.map((_, share) => mean(curves[size]!.map((curve) => curve[share]!))),
      difference: meanAndError(curves[size]!.map((curve, draw) => curve.at(-1)! - curves[0]![draw]!.at(-1)!)),
    });
  }
  const words = sentences.flat().filter(({ word }) => isWord(word)).length;
  const [none] = sizes;
  return { words, baseTokens: none!.tokens, sizes, baseCurve: none!.curve, labels, texts: passages.length };
}

function segmented(
  text: string,
  pool: Pool,
  sentences: ReturnType<typeof sentencesOf>,
  size: number,
): Omit<SizeResult, 'curve' | 'difference'> {
  let tokens = 0;
  let moved = 0;
  let at = 0;
  const byType = [0, 0, 0];
  const shown: ShownWord[] = [];
  const listed = new Map<string, SizeResult['listed'][number]>();
  for (const sentence of sentences) {
    const words = sentence.map(({ word }) => pool.of(word));
    const choice = chooseTypes(words, size);
    moved += choice.moved;
    for (const [i, word] of words.entries()) {
      const type = choice.types[i]!;
      if (isWord(word.text)) tokens += tokensOf(word, type, size);
      if (type >= 0) byType[type]!++;
      const { end } = sentence[i]!;
      if (shown.length < SHOWN) {
        const gap = text.slice(at, end - word.text.length);
        shown.push({ gap, pieces: piecesOf(word, type, size), type });
      }
      const key = word.text.toLowerCase();
      if (type >= 0 && word.base.length > 1 && listed.size < LISTED && !listed.has(key)) {
        listed.set(key, { type, pieces: piecesOf(word, type, size), base: piecesOf(word, -1, size) });
      }
      at = end;
    }
  }
  return { tokens, byType, moved, shown, listed: [...listed.values()] };
}

/** Runs steps, each of which tells the same share. */
function* told<T>(steps: Generator<void, T>, share: number): Generator<number, T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield share;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard error is 0 for a single value. */
function meanAndError(values: readonly number[]): SizeResult['difference'] {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const error = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length);
  return { mean: middle, error };
}
