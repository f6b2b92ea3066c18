import * as v from 'valibot';
import { packedText } from '../../catalog/packed-text';
import { throwIfAborted } from '../../core/errors';
import { LARGEST_SEED } from '../../core/image/noise';
import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { runInSlices } from '../../tokenizers/slices';
import { type Experiment, type ExperimentSample, textOf } from '../experiment';
import { compareCuts, cutsOf } from './boundaries';
import { damage } from './ocr-noise';
import { type FoundTerm, findTerms } from './terms';

/** KL3M's of the catalogue, then those that they are compared with. */
export const tokenizers = ['kl3m-char-8k', 'kl3m-32k', 'o200k', 'llama-3', 'gpt2'] as const;
export const general = ['o200k', 'llama-3', 'gpt2'] as const;

/** Per cent of damaged characters: the curve has a point at each whole number. */
export const MOST_NOISE = 20;
/** UTF-16 units of the text that are damaged, and of these that are drawn. */
const DAMAGED_LENGTH = 20_000;
const DRAWN_LENGTH = 360;
/** Terms of a text that are counted. */
const MOST_TERMS = 60;

/** In UTF-8. */
const SPACE = 32;

export interface State {
  /** Of a character that can be mistaken to be damaged, %. */
  readonly rate: number;
  readonly seed: number;
  readonly against: (typeof general)[number];
}

/** How one tokenizer cuts the damaged text, at one rate. */
export interface Damage {
  /** Of the clean text's cuts, %; undefined where there are none. */
  readonly kept: number | undefined;
  /** Cuts that the clean text has not, % of its cuts. */
  readonly added: number | undefined;
  /** F1 of the damaged text's cuts against the clean one's, %. */
  readonly agreement: number | undefined;
  /** Characters in tokens that changed, a damaged character; undefined without damage. */
  readonly spread: number | undefined;
  /** The tokens of the text's beginning: what each holds, and whether the clean text has it there. */
  readonly drawn: readonly { readonly text: string; readonly isIntact: boolean }[];
}

export interface Result {
  /** UTF-16 units. */
  readonly length: number;
  /** Tokens of the whole text, in the order of `tokenizers`. */
  readonly tokens: readonly number[];
  /** Those of them that are a single space. */
  readonly spaces: readonly number[];
  readonly terms: readonly (FoundTerm & { readonly tokens: readonly number[] })[];
  /** By rate, 0 to MOST_NOISE; then in the order of `tokenizers`. Shorter while the experiment runs. */
  readonly curve: readonly { readonly damaged: number; readonly tokenizers: readonly Damage[] }[];
}

const state = v.strictObject({
  rate: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_NOISE)), 5),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST_SEED)), 1),
  against: v.optional(v.picklist(general), 'o200k'),
});

const samples: readonly ExperimentSample[] = [
  {
    id: 'us-code',
    label: 'US Code, title 11',
    load: () => packedText(() => import('./data/us-code.pack?url&inline')),
  },
  {
    id: 'fomc',
    label: 'Federal Reserve',
    load: () => packedText(() => import('./data/fomc.pack?url&inline')),
  },
];

/** Why KL3M 32k needs more tokens. */
const MORE =
  'More, not fewer: in the published file of KL3M 32k every space is a token of its own. The paper’s figure is of its 128k vocabulary.';

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'us-code', samples },
  state,
  control: 'rate',
  shown: ['rate', 'against'],

  async run({ seed }, input, { signal, progress, preview, tokenizer }) {
    const text = textOf(input).toWellFormed();
    throwIfAborted(signal);
    const loaded: Tokenizer[] = [];
    const tokens: number[] = [];
    const spaces: number[] = [];
    const bytes = encodeUtf8(text);
    for (const id of tokenizers) {
      const next = await tokenizer(id);
      loaded.push(next);
      const { ids, starts, ends } = await next.encodeInSlices(text, signal ? { signal } : {});
      tokens.push(ids.length);
      spaces.push(starts.filter((start, i) => ends[i] === start + 1 && bytes[start] === SPACE).length);
      progress?.((0.5 * loaded.length) / tokenizers.length);
    }
    const terms = findTerms(text)
      .slice(0, MOST_TERMS)
      .map((term) => ({ ...term, tokens: loaded.map((each) => each.encode(term.text).ids.length) }));

    const clean = text.slice(0, DAMAGED_LENGTH).toWellFormed();
    const cuts: Uint32Array[] = [];
    const curve: Result['curve'][number][] = [];
    let damaged = damage(clean, 0, seed);
    let point: Damage[] = [];
    await runInSlices(
      () => {
        const each = loaded[point.length]!;
        if (curve.length === 0) cuts.push(cutsOf(each, clean));
        const damagedCuts = cutsOf(each, damaged.text);
        const { changed, intact, ...shares } = compareCuts(clean, cuts[point.length]!, damaged, damagedCuts);
        const edges = [0, ...damagedCuts, damaged.text.length];
        const drawn = intact.map((isIntact, i) => ({
          text: damaged.text.slice(edges[i], edges[i + 1]),
          isIntact,
        }));
        point.push({
          kept: percent(shares.kept),
          added: percent(shares.added),
          agreement: percent(shares.agreement),
          spread: damaged.count === 0 ? undefined : changed / damaged.count,
          drawn: drawn.filter((_, i) => edges[i + 1]! <= DRAWN_LENGTH),
        });
        if (point.length === loaded.length) {
          curve.push({ damaged: clean.length === 0 ? 0 : damaged.count / clean.length, tokenizers: point });
          point = [];
          damaged = damage(clean, curve.length / 100, seed);
          preview?.({ length: text.length, tokens, spaces, terms, curve: [...curve] });
        }
        return curve.length / (MOST_NOISE + 1);
      },
      { ...(signal && { signal }), onProgress: (share) => progress?.(0.5 + share / 2) },
    );
    return { length: text.length, tokens, spaces, terms, curve };
  },

  figures(result, { rate, against }) {
    const saved = saving(result.tokens, against);
    const at = result.curve[rate]?.tokenizers;
    const own = at?.[tokenizers.indexOf('kl3m-char-8k')];
    const other = at?.[tokenizers.indexOf(against)];
    return [
      {
        id: 'saving',
        label: 'Fewer tokens of KL3M 32k than of the general tokenizer',
        value: saved,
        unit: '%',
        ...(saved !== undefined && saved < 0 && { note: MORE }),
      },
      {
        id: 'legal-term',
        label: 'The same, on the legal term that gains most',
        value: bestSaving(result, 'legal', against),
        unit: '%',
      },
      {
        id: 'financial-term',
        label: 'The same, on the financial term that gains most',
        value: bestSaving(result, 'financial', against),
        unit: '%',
      },
      {
        id: 'agreement-char',
        label: 'Boundaries of clean and damaged text that agree, KL3M char 8k',
        value: own?.agreement,
        unit: '%',
      },
      {
        id: 'agreement-general',
        label: 'The same, the general tokenizer',
        value: other?.agreement,
        unit: '%',
      },
      { id: 'kept-char', label: 'Clean boundaries that stay, KL3M char 8k', value: own?.kept, unit: '%' },
      { id: 'kept-general', label: 'The same, the general tokenizer', value: other?.kept, unit: '%' },
    ];
  },
};

/** Per cent of a general tokenizer's tokens that KL3M 32k saves; negative where it needs more. */
export function saving(tokens: readonly number[], against: State['against']): number | undefined {
  const other = tokens[tokenizers.indexOf(against)] ?? 0;
  return other === 0 ? undefined : 100 * (1 - tokens[tokenizers.indexOf('kl3m-32k')]! / other);
}

function bestSaving(
  { terms }: Result,
  kind: FoundTerm['kind'],
  against: State['against'],
): number | undefined {
  const savings = terms
    .filter((term) => term.kind === kind)
    .map(({ tokens }) => saving(tokens, against) ?? 0);
  return savings.length === 0 ? undefined : Math.max(...savings);
}

function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : 100 * share;
}
