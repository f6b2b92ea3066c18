import * as v from 'valibot';
import { LARGEST_SEED } from '../../core/image/noise';
import { decodeUtf8 } from '../../core/text/utf8';
import { pauses } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, type Figure, textOf } from '../experiment';
import { type Cut, cutAt } from './cut';
import { type Filled, fillIn } from './fill';
import { type Average, averageOf, type RandomCuts, randomCuts, SHORTEST } from './held-out';
import { learnBoth, loadBoth } from './models';
import { openingOf } from './opening';

/** Sizes of vocabularies; 256 is single bytes. */
export const SIZES = [512, 1024, 2048, 4096] as const;
export const OTHER_SIZES = [256, 512, 1024, 2048, 4096] as const;

/** Characters at the end of the prompt at which it can be cut. */
export const CUTS = 48;

/**
 * How much is measured: n-grams answer at once, a network of the page takes milliseconds for every distribution.
 */
const EFFORT = {
  learned: { cuts: CUTS, random: 150, draws: 16, averaged: 2500 },
  network: { cuts: 24, random: 24, draws: 3, averaged: 500 },
} as const;

export interface State {
  /** N-grams that are learned from the text, or networks of the page: over 2,048 tokens, and over bytes. */
  readonly model: 'learned' | 'network';
  /** Null takes one out of the text. */
  readonly prompt: string | null;
  /** Characters of the prompt that are kept; null is a place that the prompt comes with, or its end. */
  readonly cut: number | null;
  /** Tokens of the vocabulary. */
  readonly size: (typeof SIZES)[number];
  /** Tokens of the second model's vocabulary, with which it is averaged. */
  readonly other: (typeof OTHER_SIZES)[number];
  /** The share of the second model in the average, per cent. */
  readonly share: number;
  /** The text before and behind the middle that is filled in; null takes them out of the text. */
  readonly before: string | null;
  readonly after: string | null;
  readonly seed: number;
}

export interface Result {
  /** One for each character at which the prompt can be cut, the shortest first; empty without a prompt. */
  readonly cuts: readonly Cut[];
  readonly prompt: string;
  /** Characters of it that are kept where no other place is chosen. */
  readonly cut: number;
  /** On both sides of the middle. */
  readonly before: string;
  readonly after: string;
  readonly model: State['model'];
  /** Tokens of both vocabularies as they came out. */
  readonly sizes: readonly [main: number, other: number];
  /** Whether the text is too short for a part of it to be set aside. */
  readonly isShort: boolean;
  readonly random: RandomCuts | undefined;
  readonly average: Average | undefined;
  readonly filled: Filled | undefined;
}

/** Characters of a prompt, at most. */
export const LONGEST = 400;

const text = v.pipe(v.string(), v.maxLength(LONGEST));
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const state = v.strictObject({
  model: v.optional(v.picklist(['learned', 'network']), 'learned'),
  prompt: v.optional(v.nullable(text), null),
  cut: v.optional(v.nullable(whole(1, LONGEST)), null),
  size: v.optional(v.picklist(SIZES), 1024),
  other: v.optional(v.picklist(OTHER_SIZES), 256),
  share: v.optional(v.pipe(whole(0, 100), v.multipleOf(5)), 50),
  before: v.optional(v.nullable(text), null),
  after: v.optional(v.nullable(text), null),
  seed: v.optional(whole(0, LARGEST_SEED), 3),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: alice.id, samples: [alice], limit: 400_000 },
  state,
  control: 'cut',
  shown: ['cut', 'share'],

  async run(chosen, input, { signal, progress, preview, languageModel }) {
    const { size, other, seed, model } = chosen;
    const effort = EFFORT[model];
    let reached = 0;
    const part = (from: number, to: number) => {
      const onProgress = (share: number) => {
        reached = Math.max(reached, from + (to - from) * share);
        progress?.(reached);
      };
      return { ...(signal && { signal }), onProgress };
    };
    const source = textOf(input);
    const learned =
      model === 'network'
        ? await loadBoth(source, languageModel)
        : await learnBoth(source, [size, other], part(0, 0.4));
    const { main } = learned;
    const opening = openingOf(source.toWellFormed(), decodeUtf8(learned.heldOut));
    const prompt = (chosen.prompt ?? opening.prompt).toWellFormed();
    const before = (chosen.before ?? opening.before).toWellFormed();
    const after = (chosen.after ?? opening.after).toWellFormed();

    const characters = [...prompt];
    const cuts: Cut[] = [];
    const pauseCuts = pauses(part(0.4, 0.6));
    const first = Math.max(1, characters.length - effort.cuts + 1);
    for (let kept = first; kept <= characters.length; kept++) {
      cuts.push(await cutAt(main, characters.slice(0, kept).join(''), seed, signal));
      await pauseCuts((kept - first + 1) / (characters.length - first + 1));
    }
    const sizes = [main.size, learned.other.size] as const;
    const isShort = learned.heldOut.length < SHORTEST;
    const cut = chosen.prompt === null ? (opening.cut ?? mostMisleading(cuts)) : characters.length;
    const known = { model, cuts, prompt, cut, before, after, sizes, isShort };
    const so = { ...known, random: undefined, average: undefined, filled: undefined };
    preview?.(so);
    const filled = await fillIn(main, before, after, { seed, draws: effort.draws }, pauses(part(0.6, 0.7)));
    preview?.({ ...so, filled });
    const random = await randomCuts(
      main,
      learned.heldOut,
      { seed, cuts: effort.random },
      pauses(part(0.7, 0.85)),
    );
    preview?.({ ...so, filled, random });
    const average = await averageOf(learned, effort.averaged, pauses(part(0.85, 1)));
    progress?.(1);
    return { ...so, filled, random, average };
  },

  figures(result, { cut, share }) {
    const { random, average } = result;
    const at = cutShown(result, cut ?? result.cut);
    const percent = (id: string, label: string, value: number | undefined): Figure => ({
      id,
      label,
      value: value === undefined ? undefined : 100 * value,
      unit: '%',
    });
    const of = (value: number | undefined, id: string, label: string, unit: string): Figure => ({
      id,
      label,
      // A network may give what comes no probability at all where its prompt was no encoding.
      value: value !== undefined && Number.isFinite(value) ? value : undefined,
      unit,
    });
    const mixed = average && mixture(average, share);
    return [
      percent('distance', 'Total variation of the next byte, naive against exact', at?.distance.naive),
      percent('distance-healed', 'Total variation, token healing against exact', at?.distance.healed),
      of(at?.calls.exact, 'calls', 'Calls of the model for the exact distribution', 'calls'),
      percent(
        'right-gain',
        'More cuts behind which the next byte is right, exact against naive',
        random && random.firstRight.naive > 0
          ? random.firstRight.exact / random.firstRight.naive - 1
          : undefined,
      ),
      percent('right-naive', 'Next byte right behind random cuts, naive', random?.firstRight.naive),
      percent('right-healed', 'Next byte right, token healing', random?.firstRight.healed),
      percent('right-exact', 'Next byte right, exact', random?.firstRight.exact),
      of(random?.bits.naive, 'bits-naive', 'Eight bytes behind random cuts, naive', 'bits per byte'),
      of(random?.bits.healed, 'bits-healed', 'Eight bytes, token healing', 'bits per byte'),
      of(random?.bits.exact, 'bits-exact', 'Eight bytes, exact', 'bits per byte'),
      percent('impossible', 'Probability of tokens that cannot follow, masked', random?.impossible),
      percent('both-gain', 'Fewer bits averaged than by the better model alone', mixed?.gain),
      of(mixed?.both, 'both', 'Text set aside, both models averaged', 'bits per byte'),
      of(mixed?.main, 'main', 'The model of the vocabulary above alone', 'bits per byte'),
      of(mixed?.other, 'other', 'The second model alone', 'bits per byte'),
    ];
  },
};

/** The cut that is nearest to the one asked for. */
export function cutShown({ cuts }: Result, kept: number): Cut | undefined {
  return cuts.find((cut) => cut.kept >= kept) ?? cuts.at(-1);
}

/** The place behind which the prompt's own tokens are furthest from the exact distribution. */
function mostMisleading(cuts: readonly Cut[]): number {
  let most = cuts[0];
  for (const cut of cuts) if (cut.distance.naive > most!.distance.naive) most = cut;
  return most?.kept ?? 1;
}

/** What both models cost at a share of the second one, per cent. */
export function mixture({ bitsPerByte }: Average, share: number) {
  const [main, other] = [bitsPerByte[0]!, bitsPerByte.at(-1)!];
  const both = bitsPerByte[Math.round((share / 100) * (bitsPerByte.length - 1))]!;
  return { main, other, both, gain: 1 - both / Math.min(main, other) };
}
