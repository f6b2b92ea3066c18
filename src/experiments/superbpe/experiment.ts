import * as v from 'valibot';
import { runInSlices } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, type Figure, type RunContext, textOf } from '../experiment';
import { news } from '../news';
import { excerptOf } from './divide';
import { type BothLearned, type Learned, learnBoth } from './learn';
import { measurePublished, PUBLISHED, type Published } from './published';

export interface State {
  /** The transition point t, in per cent of the vocabulary. */
  readonly t: number;
  /** T: tokens of a vocabulary that is learned from the text. */
  readonly size: number;
  /** Whose tokens of the beginning of the text are shown. */
  readonly show: (typeof SHOWN)[number];
}

/** Plain BPE and SuperBPE, learned from the text and as published. */
export const SHOWN = ['bpe', 'superbpe', 'bpe-200k', 'superbpe-200k'] as const;

export interface Result {
  /** The beginning of the text. */
  readonly excerpt: string;
  readonly learned: BothLearned;
  /** The paper's vocabularies on the text; undefined while they are loaded. */
  readonly published: { readonly bpe: Published; readonly superBpe: Published } | undefined;
}

/** Sizes that can be chosen. */
export const SIZES = [500, 1000, 2000, 4000, 8000] as const;

const state = v.strictObject({
  t: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100), v.multipleOf(10)), 40),
  size: v.optional(v.picklist(SIZES), 2000),
  show: v.optional(v.picklist(SHOWN), 'superbpe'),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'alice', samples: [alice, ...news], limit: 300_000 },
  state,
  control: 't',
  shown: ['t', 'show'],

  async run({ size }, input, context) {
    const text = textOf(input).toWellFormed();
    const excerpt = excerptOf(text);
    const { signal, progress, preview } = context;
    let learned: BothLearned | undefined;
    const steps = learnBoth(text, size);
    await runInSlices(
      () => {
        const step = steps.next();
        if (step.done) {
          learned = step.value;
          return 1;
        }
        if (step.value.so) preview?.({ excerpt, learned: step.value.so, published: undefined });
        return Math.min(step.value.share, 0.999);
      },
      { ...(signal && { signal }), onProgress: (share) => progress?.(share * 0.8) },
    );
    const result = { excerpt, learned: learned! };
    return { ...result, published: await publishedOn(text, excerpt, context) };
  },

  figures({ learned, published }, { t }) {
    const { bpe } = learned;
    const here = at(learned, t);
    const official = published && {
      bpe: published.bpe.measured,
      superBpe: published.superBpe.measured,
    };
    return [
      percent(
        'fewer-published',
        'Fewer tokens with the paper’s 200k vocabularies',
        fewer(official?.bpe, official?.superBpe),
      ),
      percent('fewer-best', 'Fewer tokens, learned here, in parts kept apart: at the best t', best(learned)),
      percent(
        'fewer-unseen',
        'Fewer tokens, learned here: in parts kept apart',
        fewer(bpe.unseen, here?.unseen),
      ),
      percent(
        'fewer-seen',
        'Fewer tokens, learned here: in what was learned from',
        fewer(bpe.seen, here?.seen),
      ),
      {
        id: 'bytes-bpe',
        label: 'Bytes per token, BPE 200k',
        value: bytesPerToken(official?.bpe),
        unit: 'bytes',
      },
      {
        id: 'bytes-superbpe',
        label: 'Bytes per token, SuperBPE 200k',
        value: bytesPerToken(official?.superBpe),
        unit: 'bytes',
      },
      percent(
        'superwords',
        'Tokens of several words, SuperBPE 200k',
        shareOf(official?.superBpe.superwords, official?.superBpe.tokens),
      ),
      percent(
        'spread-bpe',
        'Spread of token lengths (deviation by mean), BPE 200k',
        times100(official?.bpe.spread),
      ),
      percent(
        'spread-superbpe',
        'Spread of token lengths (deviation by mean), SuperBPE 200k',
        times100(official?.superBpe.spread),
      ),
      { id: 'vocabulary', label: 'Vocabulary learned here', value: learned.vocabulary, unit: 'tokens' },
    ];
  },
};

/** The vocabulary with a transition point; undefined while it is not learned. */
export function at({ points }: BothLearned, t: number): Learned | undefined {
  return points.find(({ share }) => share === t)?.learned;
}

/** The most that any transition point saves in the parts that were kept apart, per cent. */
function best({ bpe, points }: BothLearned): number | undefined {
  const saved = points.flatMap(({ learned }) => fewer(bpe.unseen, learned.unseen) ?? []);
  return saved.length > 0 ? Math.max(...saved) : undefined;
}

interface Counted {
  readonly tokens: number;
}

/** How many per cent fewer tokens; undefined where there are none. */
export function fewer(than: Counted | undefined, tokens: Counted | undefined): number | undefined {
  return than && tokens && than.tokens > 0 ? 100 * (1 - tokens.tokens / than.tokens) : undefined;
}

/** Undefined without tokens. */
export function bytesPerToken(measured: { bytes: number; tokens: number } | undefined): number | undefined {
  return measured && measured.tokens > 0 ? measured.bytes / measured.tokens : undefined;
}

async function publishedOn(
  text: string,
  excerpt: string,
  { tokenizer, signal, progress }: RunContext<Result>,
): Promise<NonNullable<Result['published']>> {
  const one = async (id: string, from: number) =>
    await measurePublished(await tokenizer(id), text, excerpt, {
      ...(signal && { signal }),
      onProgress: (share) => progress?.(from + share * 0.1),
    });
  const bpe = await one(PUBLISHED.bpe, 0.8);
  return { bpe, superBpe: await one(PUBLISHED.superBpe, 0.9) };
}

function percent(id: string, label: string, value: number | undefined): Figure {
  return { id, label, value, unit: '%' };
}

function shareOf(part: number | undefined, whole: number | undefined): number | undefined {
  return whole ? (100 * part!) / whole : undefined;
}

function times100(value: number | undefined): number | undefined {
  return value === undefined ? undefined : 100 * value;
}
