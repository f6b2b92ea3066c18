import * as v from 'valibot';
import { packedText } from '../../catalog/packed-text';
import { throwIfAborted } from '../../core/errors';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { runInSlices } from '../../tokenizers/slices';
import { type Experiment, type ExperimentSample, textOf } from '../experiment';
import { loadLexicon, type TokenKind } from './lexicon';
import { correlation, publishedRows } from './published';

/** Of the catalogue: those whose models are in the paper's table, and GPT-2; the one that takes longest to load last. */
export const tokenizers = ['llama-3', 'qwen-2.5', 'tekken', 'o200k', 'gpt2', 'gemma-2'] as const;
export type TokenizerId = (typeof tokenizers)[number];

/** What is counted: each different token once, as the paper does, or every token of the text. */
export const countings = ['unique', 'all'] as const;

export interface State {
  readonly count: (typeof countings)[number];
  readonly tokenizer: TokenizerId;
}

/** How many tokens are what; `turkish` without those that are pure. */
export type Counts = Readonly<Record<TokenKind, number>>;

export interface Reading {
  readonly id: TokenizerId;
  readonly unique: Counts;
  readonly all: Counts;
  /** The tokens of the text's beginning. */
  readonly drawn: readonly { readonly text: string; readonly kind: TokenKind }[];
}

export interface Result {
  /** While the experiment runs, those that are done. */
  readonly readings: readonly Reading[];
  /** Of the list. */
  readonly roots: number;
  readonly endings: number;
}

/** Tokens that are drawn, and those that are looked up between two looks at the clock. */
const DRAWN = 300;
const BATCH = 500;

const state = v.strictObject({
  count: v.optional(v.picklist(countings), 'unique'),
  tokenizer: v.optional(v.picklist(tokenizers), 'gemma-2'),
});

const samples: readonly ExperimentSample[] = [
  {
    id: 'declaration-turkish',
    label: 'Human rights, Turkish',
    load: () => packedText(() => import('./data/declaration.pack?url&inline')),
  },
];

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'declaration-turkish', samples },
  state,
  control: 'count',
  shown: ['count', 'tokenizer'],

  async run(_state, input, { signal, progress, preview, tokenizer }) {
    const text = textOf(input).toWellFormed();
    throwIfAborted(signal);
    const lexicon = await loadLexicon();
    const bytes = encodeUtf8(text);
    const kinds = new Map<string, TokenKind>();
    const readings: Reading[] = [];
    const of = (): Result => ({
      readings: [...readings],
      roots: lexicon.roots,
      endings: lexicon.endings,
    });
    for (const id of tokenizers) {
      const loaded = await tokenizer(id);
      const { starts, ends } = await loaded.encodeInSlices(text, signal ? { signal } : {});
      const all = { pure: 0, turkish: 0, other: 0 };
      const unique = { pure: 0, turkish: 0, other: 0 };
      const drawn: Reading['drawn'][number][] = [];
      const seen = new Set<string>();
      let at = 0;
      const step = () => {
        for (const end = Math.min(starts.length, at + BATCH); at < end; at++) {
          const written = decodeUtf8(bytes.subarray(starts[at], ends[at]));
          const token = written.trim();
          const kind = kinds.get(token) ?? lexicon.kindOf(token);
          kinds.set(token, kind);
          if (drawn.length < DRAWN) drawn.push({ text: written, kind });
          // A token of spaces or line breaks alone is neither right nor wrong.
          if (token === '') continue;
          all[kind]++;
          if (!seen.has(token)) unique[kind]++;
          seen.add(token);
        }
        return starts.length === 0 ? 1 : at / starts.length;
      };
      await runInSlices(step, {
        ...(signal && { signal }),
        onProgress: (share) => progress?.(Math.min(0.999, (readings.length + share) / tokenizers.length)),
      });
      readings.push({ id, unique, all, drawn });
      preview?.(of());
    }
    progress?.(1);
    return of();
  },

  figures(result, { count, tokenizer }) {
    const chosen = result.readings.find(({ id }) => id === tokenizer)?.[count];
    return [
      { id: 'tr', label: 'Turkish tokens (%TR)', value: chosen && turkishShare(chosen), unit: '%' },
      { id: 'pure', label: 'Roots and endings (%Pure)', value: chosen && pureShare(chosen), unit: '%' },
      {
        id: 'r-tr',
        label: 'Correlation of %TR on this text with the models’ published scores',
        value: correlation(pairsHere(result, count, turkishShare)),
        unit: 'r',
      },
      {
        id: 'r-pure',
        label: 'The same for %Pure',
        value: correlation(pairsHere(result, count, pureShare)),
        unit: 'r',
      },
      {
        id: 'r-tr-table',
        label: 'Correlation of the published %TR with the published scores',
        value: correlation(publishedRows.map(({ tr, mmlu }) => [tr, mmlu])),
        unit: 'r',
      },
      {
        id: 'r-pure-table',
        label: 'The same for the published %Pure',
        value: correlation(publishedRows.map(({ pure, mmlu }) => [pure, mmlu])),
        unit: 'r',
      },
    ];
  },
};

/** %TR; undefined without tokens. */
export function turkishShare({ pure, turkish, other }: Counts): number | undefined {
  return share(pure + turkish, pure + turkish + other);
}

/** %Pure; undefined without tokens. */
export function pureShare({ pure, turkish, other }: Counts): number | undefined {
  return share(pure, pure + turkish + other);
}

function share(part: number, all: number): number | undefined {
  return all === 0 ? undefined : (100 * part) / all;
}

/** A share here and the published score, for every tokenizer whose model is in the paper's table. */
export function pairsHere(
  { readings }: Result,
  count: State['count'],
  shareOf: (counts: Counts) => number | undefined,
): (readonly [number, number])[] {
  return publishedRows.flatMap(({ tokenizer, mmlu }) => {
    const reading = readings.find(({ id }) => id === tokenizer);
    const value = reading && shareOf(reading[count]);
    return value === undefined ? [] : [[value, mmlu] as const];
  });
}
