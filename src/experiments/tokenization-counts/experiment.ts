import * as v from 'valibot';
import { throwIfAborted } from '../../core/errors';
import type { Tokenizer } from '../../core/text/tokens';
import { runInSlices } from '../../tokenizers/slices';
import { type Experiment, textOf } from '../experiment';
import { type Alignment, align, type Total, total } from './alignment';
import {
  type Grouping,
  groupings,
  type Reading,
  readTokens,
  type Separator,
  separators,
  write,
} from './grouping';
import { samples } from './samples';
import { findSums, isLonger, type Sum } from './sums';

/** Of the catalogue, for every way with digits that is in use; the one that takes longest to load last. */
export const tokenizers = [
  'cl100k',
  'gpt2',
  'o200k',
  'llama-3',
  'qwen-2.5',
  'llama-2',
  'bert-uncased',
  'gemma-2',
] as const;
export type TokenizerId = (typeof tokenizers)[number];

/** Sums of a text that are used. */
export const MOST_SUMS = 200;

export interface State {
  readonly grouping: Grouping;
  readonly separator: Separator;
  /** Whose tokens are drawn, and whose figures are given. */
  readonly tokenizer: TokenizerId;
  /** Which sum is drawn, from 1. */
  readonly sum: number;
}

/** How the sums read under a tokenizer: those of every way to write them, at `formatOf`. */
export type Readings = readonly (readonly Reading[])[];

export interface Result {
  readonly sums: readonly Sum[];
  /** In the order of `tokenizers`; while the experiment runs, those that are done. */
  readonly readings: readonly { readonly id: TokenizerId; readonly readings: Readings }[];
}

const state = v.strictObject({
  grouping: v.optional(v.picklist(groupings), 'none'),
  separator: v.optional(v.picklist(separators), 'comma'),
  tokenizer: v.optional(v.picklist(tokenizers), 'cl100k'),
  sum: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_SUMS)), 1),
});

/** Every way to write a sum; without groups the separator makes no difference. */
const formats = groupings.flatMap((grouping) => separators.map((separator) => ({ grouping, separator })));

/** The index of a way to write sums. */
export function formatOf(grouping: Grouping, separator: Separator): number {
  return groupings.indexOf(grouping) * separators.length + separators.indexOf(separator);
}

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'sums', samples, limit: 200_000 },
  state,
  control: 'grouping',
  shown: ['grouping', 'separator', 'tokenizer', 'sum'],

  async run(_state, input, { signal, progress, preview, tokenizer }) {
    const text = textOf(input);
    throwIfAborted(signal);
    const sums = findSums(text, MOST_SUMS);
    const done: Result['readings'][number][] = [];
    for (const id of sums.length === 0 ? [] : tokenizers) {
      const loaded = await tokenizer(id);
      const readings = await read(sums, loaded, {
        ...(signal && { signal }),
        onProgress: (share) => progress?.(Math.min(0.999, (done.length + share) / tokenizers.length)),
      });
      done.push({ id, readings });
      preview?.({ sums, readings: [...done] });
    }
    progress?.(1);
    return { sums, readings: done };
  },

  figures(result, { grouping, separator, tokenizer }) {
    const { all, longer, notLonger } = totalsOf(result, tokenizer, grouping, separator);
    return [
      {
        id: 'aligned-digits',
        label: 'Digits whose place in their token is the same in operands and result',
        value: share(all.agreeing, all.places),
        unit: '%',
      },
      {
        id: 'aligned-longer',
        label: 'Sums that line up, of those with a longer result',
        value: share(longer.aligned, longer.sums),
        unit: '%',
      },
      {
        id: 'aligned-not-longer',
        label: 'Sums that line up, of the others',
        value: share(notLonger.aligned, notLonger.sums),
        unit: '%',
      },
      {
        id: 'operand-tokens',
        label: 'Operand tokens under one token of the result',
        value: all.operandTokens,
        unit: 'tokens',
      },
      { id: 'sums', label: 'Sums found', value: result.sums.length, unit: 'sums' },
    ];
  },
};

async function read(
  sums: readonly Sum[],
  tokenizer: Tokenizer,
  options: { signal?: AbortSignal; onProgress: (share: number) => void },
): Promise<Readings> {
  const readings = formats.map((): Reading[] => []);
  await runInSlices(() => {
    const sum = sums[readings[0]!.length]!;
    for (const [i, { grouping, separator }] of formats.entries()) {
      const written = write(sum, grouping, separator);
      readings[i]!.push(readTokens(written, tokenizer.encode(written.text)));
    }
    return readings[0]!.length / sums.length;
  }, options);
  return readings;
}

/** How a tokenizer's readings of all sums line up; empty while it has none. */
export function alignmentsOf(
  { readings }: Result,
  tokenizer: TokenizerId,
  grouping: Grouping,
  separator: Separator,
): readonly Alignment[] {
  const own = readings.find(({ id }) => id === tokenizer);
  return own ? own.readings[formatOf(grouping, separator)]!.map(align) : [];
}

/** The same, added up: of all sums, of those whose result is longer than their operands, and of the others. */
export function totalsOf(
  result: Result,
  tokenizer: TokenizerId,
  grouping: Grouping,
  separator: Separator,
): { readonly all: Total; readonly longer: Total; readonly notLonger: Total } {
  const alignments = alignmentsOf(result, tokenizer, grouping, separator);
  const ofLength = (wanted: boolean) => alignments.filter((_, i) => isLonger(result.sums[i]!) === wanted);
  return { all: total(alignments), longer: total(ofLength(true)), notLonger: total(ofLength(false)) };
}

/** Per cent; undefined of nothing. */
export function share(part: number, all: number): number | undefined {
  return all === 0 ? undefined : (100 * part) / all;
}
