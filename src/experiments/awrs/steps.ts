import { validAt } from './enumerate';
import { type Chance, type Form, forms, samplers } from './sampler';
import type { Place, PrefixTree } from './tree';

/** A form of the weight, measured over places with known truth. */
export interface Measured {
  readonly form: Form;
  /** Means for a token: checks, those until there is a token, and the estimate of the probability that is left. */
  readonly checks: number;
  readonly toSample: number;
  readonly estimate: number;
  /** How far an estimate is from the truth: the root of the mean square. */
  readonly spread: number;
}

/** Places whose constraint costs alike. */
export interface Bin {
  /** Means: bits that the constraint costs (-log2 of the probability it leaves), and checks for a token. */
  readonly bits: number;
  readonly checks: number;
  readonly places: number;
}

export interface Steps {
  readonly places: number;
  /** Mean of the true probability that the constraint leaves: a full mask at each place. */
  readonly truth: number;
  readonly forms: readonly Measured[];
  /** Of the library's form, by bits, ascending. */
  readonly bins: readonly Bin[];
}

/** Tokens drawn at each place in each form, at most. */
const TURNS = 12;
const LEAST_TURNS = 3;
/** Bits of a bin. */
const WIDTH = 1;

/**
 * Draws tokens at places again and again, in every form of the weight, and compares with what a full mask says there.
 * @param places some, each as often as it counts
 * @param effort what a token takes of the work that may be done, 0 or more: how often tokens are drawn depends on it
 * @throws TokenoscopeError `aborted`
 */
export async function measureSteps(
  tree: PrefixTree,
  places: readonly Place[],
  chance: Chance,
  effort: number,
  { pause, signal }: { readonly pause: () => Promise<void>; readonly signal?: AbortSignal | undefined },
): Promise<Steps> {
  const most = Math.floor(1 / (effort * places.length * forms.length));
  const turnsHere = Math.min(TURNS, Math.max(LEAST_TURNS, most));
  const sums = forms.map(() => ({ checks: 0, toSample: 0, estimate: 0, square: 0 }));
  const bins = new Map<number, { bits: number; checks: number; places: number }>();
  let truth = 0;
  for (const place of places) {
    await tree.ask([place], signal);
    const { kept } = validAt(tree, place);
    truth += kept;
    let ofLibrary = 0;
    for (const [i, form] of forms.entries()) {
      const sum = sums[i]!;
      for (let turn = 0; turn < turnsHere; turn++) {
        const drawn = samplers[form](place.distribution!, (id) => tree.isValid(place, id), chance);
        sum.checks += drawn.checks;
        sum.toSample += drawn.toSample;
        sum.estimate += drawn.weight;
        sum.square += (drawn.weight - kept) ** 2;
        if (form === 'library') ofLibrary += drawn.checks / turnsHere;
      }
      await pause();
    }
    const bits = Math.max(0, -Math.log2(kept));
    const key = Math.floor(bits / WIDTH);
    const bin = bins.get(key) ?? { bits: 0, checks: 0, places: 0 };
    bins.set(key, { bits: bin.bits + bits, checks: bin.checks + ofLibrary, places: bin.places + 1 });
  }
  const turns = places.length * turnsHere;
  return {
    places: places.length,
    truth: truth / places.length,
    forms: forms.map((form, i) => ({
      form,
      checks: sums[i]!.checks / turns,
      toSample: sums[i]!.toSample / turns,
      estimate: sums[i]!.estimate / turns,
      spread: Math.sqrt(sums[i]!.square / turns),
    })),
    bins: [...bins.values()]
      .map((bin) => ({ bits: bin.bits / bin.places, checks: bin.checks / bin.places, places: bin.places }))
      .sort((a, b) => a.bits - b.bits),
  };
}
