import * as v from 'valibot';
import { findTextTokenizer, textTokenizers } from '../../catalog/tokenizers';
import type { Tokenizer } from '../../core/text/tokens';
import { runInSlices } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { type Batch, encodeBatch } from './batch';
import { type Boundary, boundaries, boundaryRule, GPT2_PATTERN } from './boundary';
import { declarationSamples, languages, loadDeclaration } from './languages';
import { DynamicMerger } from './merger';

/** Base tokenizers: those that divide words. */
export const bases = textTokenizers.filter(({ id }) => id !== 'words' && id !== 'characters');

/** The most merges of a batch. */
export const MOST_MERGES = 20_000;

/** Tokens that are counted between two looks at the clock. */
const PREPARED = 2048;

/** Base tokens of the visitor's text that a view may draw. */
const DRAWN = 4000;

export interface State {
  readonly base: string;
  readonly boundary: Boundary;
  /** Merges that are shown. */
  readonly m: number;
}

/** The merges of one batch, all of them. */
export interface Merged {
  /** Tokens after 0, 1, 2, ... merges. */
  readonly lengths: Uint32Array;
  /** Symbols that each merge joined, and at how many places. */
  readonly lefts: Uint32Array;
  readonly rights: Uint32Array;
  readonly counts: Uint32Array;
  /** Spellings of symbols as binary strings, those of the base tokenizer first. */
  readonly names: readonly string[];
}

/** The beginning of the visitor's text, to be drawn. */
export interface Drawn {
  /** UTF-8 of the text, as far as these tokens go. */
  readonly bytes: Uint8Array;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** For each base token the merge (from 1) that joins it to the one before, or NEVER. */
  readonly joined: Uint32Array;
}

export interface Result {
  readonly merged: Merged;
  readonly drawn: Drawn;
  /** Tokens after 0, 1, 2, ... merges of the Declaration in each language, in the order of `languages`; as far as they are done. */
  readonly languages: readonly Uint32Array[];
}

const state = v.strictObject({
  base: v.optional(v.picklist(bases.map(({ id }) => id)), 'llama-2'),
  boundary: v.optional(v.picklist(boundaries), 'word'),
  m: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_MERGES)), 50),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'declaration-tur', samples: [...declarationSamples, alice], limit: 300_000 },
  state,
  control: 'm',
  shown: ['m'],

  async run({ base, boundary }, input, { signal, progress, preview, tokenizer: load }) {
    const text = textOf(input);
    const options = signal ? { signal } : {};
    const tokenizer = await load(base);
    const allows = boundaryRule(boundary, patternOf(base));
    // The text takes the first half of the bar, the languages share the second.
    let reached = 0;
    const report = (share: number) => {
      reached = Math.max(reached, share);
      progress?.(reached);
    };

    const batch = await encodeBatch(text, tokenizer, {
      ...options,
      onProgress: (share) => report(share * 0.2),
    });
    const own = await mergeAll(batch, allows, {
      ...options,
      onProgress: (share) => report(0.2 + share * 0.3),
    });
    const drawn = drawnOf(batch, own.joined);
    const curves: Uint32Array[] = [];
    preview?.({ merged: own.merged, drawn, languages: [] });
    const declaration = await loadDeclaration();
    for (const [i, { code }] of languages.entries()) {
      curves.push(await curveOf(declaration.get(code)!, tokenizer, allows, options));
      report(0.5 + (0.5 * (i + 1)) / languages.length);
      preview?.({ merged: own.merged, drawn, languages: [...curves] });
    }
    return { merged: own.merged, drawn, languages: curves };
  },

  figures({ merged: { lengths }, languages: curves }, { m }) {
    const before = lengths[0]!;
    const most = lengths.at(-1)!;
    const enough = lengths.findIndex((length) => length <= before * 0.8);
    const others = curves.slice(1);
    const ofOthers = others.map((curve) => savedBy(curve, m)!);
    return [
      { id: 'saved', label: 'Shorter by', value: savedBy(lengths, m), unit: '%' },
      { id: 'before', label: 'Tokens of the base tokenizer', value: before, unit: 'tokens' },
      { id: 'after', label: 'Tokens after the merges', value: lengthAfter(lengths, m), unit: 'tokens' },
      {
        id: 'most-saved',
        label: 'Shorter by, all merges carried out',
        value: before > 0 ? 100 * (1 - most / before) : undefined,
        unit: '%',
      },
      {
        id: 'merges-for-fifth',
        label: 'Merges that save 20 %',
        value: before > 0 && enough >= 0 ? enough : undefined,
        unit: 'merges',
      },
      {
        id: 'languages-saved',
        label: 'Shorter by, mean of 14 languages of the Declaration',
        value:
          others.length > 0 ? ofOthers.reduce((sum, share) => sum + share, 0) / others.length : undefined,
        unit: '%',
      },
    ];
  },
};

/** Tokens after `m` merges, or as many as there are. */
export function lengthAfter(lengths: Uint32Array, m: number): number {
  return lengths[Math.min(m, lengths.length - 1)]!;
}

/** Per cent of the tokens that `m` merges save; undefined where there are none. */
export function savedBy(lengths: Uint32Array, m: number): number | undefined {
  return lengths[0]! > 0 ? 100 * (1 - lengthAfter(lengths, m) / lengths[0]!) : undefined;
}

type Rule = ReturnType<typeof boundaryRule>;
type Options = { signal?: AbortSignal; onProgress?: (share: number) => void };

function patternOf(base: string): string {
  const spec = findTextTokenizer(base)?.spec;
  return spec?.kind === 'bpe-ranks' ? spec.pattern : GPT2_PATTERN;
}

async function mergeAll(
  { ids, lines, names }: Batch,
  allows: Rule,
  options: Options,
): Promise<{ merged: Merged; joined: Uint32Array }> {
  const merger = new DynamicMerger(ids, lines, names, (left, right, all) =>
    allows({
      left: all[left]!,
      right: all[right]!,
      leftIsBase: left < names.length,
      rightIsBase: right < names.length,
    }),
  );
  const lengths = [merger.tokens];
  const lefts: number[] = [];
  const rights: number[] = [];
  const counts: number[] = [];
  const limit = Math.min(MOST_MERGES, ids.length);
  let isPrepared = false;
  const step = () => {
    if (!isPrepared) {
      isPrepared = merger.prepare(PREPARED);
      return 0;
    }
    if (lefts.length >= limit) return 1;
    const merge = merger.next();
    if (!merge) return 1;
    lefts.push(merge.left);
    rights.push(merge.right);
    counts.push(merge.count);
    lengths.push(merger.tokens);
    return Math.min(0.999, lefts.length / limit);
  };
  await runInSlices(step, options);
  return {
    merged: {
      lengths: Uint32Array.from(lengths),
      lefts: Uint32Array.from(lefts),
      rights: Uint32Array.from(rights),
      counts: Uint32Array.from(counts),
      names: merger.names,
    },
    joined: merger.joined,
  };
}

async function curveOf(
  text: string,
  tokenizer: Tokenizer,
  allows: Rule,
  options: Options,
): Promise<Uint32Array> {
  const batch = await encodeBatch(text, tokenizer, options);
  return (await mergeAll(batch, allows, options)).merged.lengths;
}

function drawnOf({ bytes, starts, ends }: Batch, joined: Uint32Array): Drawn {
  const count = Math.min(DRAWN, starts.length);
  const to = count < starts.length ? ends[count - 1]! : bytes.length;
  return {
    bytes: bytes.slice(0, to),
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    joined: joined.slice(0, count),
  };
}
