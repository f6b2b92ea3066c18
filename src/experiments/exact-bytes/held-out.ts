import { isContinuation } from '../../core/text/utf8';
import type { ByteState } from '../../engine/lm/byte-state';
import { totalVariation, uniforms } from '../../engine/lm/draw';
import type { Prefix } from '../../engine/lm/language-model';
import { type ByWay, likeliest, statesBehind, type Way, ways } from './cut';
import type { BothLearned, Learned } from './models';

/** What happens behind random cuts in text that was set aside. */
export interface RandomCuts {
  readonly cuts: number;
  /** -log2 of the bytes that follow, for each of them. */
  readonly bits: ByWay<number>;
  /** Shares of cuts behind which the likeliest bytes, one after the other, are those of the text. */
  readonly firstRight: ByWay<number>;
  readonly fourRight: ByWay<number>;
  /** Mean distances from the exact distribution, 0 to 1. */
  readonly distance: { readonly naive: number; readonly healed: number };
  /** Mean of the probability that the model gives to tokens which cannot follow. */
  readonly impossible: number;
  /** Mean distributions that were asked for behind a cut. */
  readonly calls: number;
}

/** What two models cost alone, and averaged. */
export interface Average {
  readonly bytes: number;
  /** Bits per byte by the share of the second model, from 0 to 1 in equal steps. */
  readonly bitsPerByte: readonly number[];
}

/** Bytes behind a cut that are looked at, and how many of them have to be right. */
const AHEAD = 8;
const RIGHT = 4;
/** Bytes that must have been set aside for anything to be measured. */
export const SHORTEST = 100;
/** Bytes before a cut that are read, at most. */
const BEFORE = 120;
/** Steps from one model to the other. */
const STEPS = 20;

/** Reports the share done, lets other tasks run, and ends when it is told to. */
export type Pause = (share: number) => Promise<void>;

/**
 * @param cuts how many
 * @returns undefined where too little was set aside
 * @throws TokenoscopeError `aborted`
 */
export async function randomCuts(
  learned: Learned,
  heldOut: Uint8Array,
  { seed, cuts: count }: { readonly seed: number; readonly cuts: number },
  pause: Pause,
): Promise<RandomCuts | undefined> {
  if (heldOut.length < SHORTEST) return undefined;
  const uniform = uniforms(seed);
  const zero = () => ({ naive: 0, healed: 0, exact: 0 });
  const [bits, firstRight, fourRight, distance] = [zero(), zero(), zero(), zero()];
  let [calls, impossible] = [0, 0];
  for (let i = 0; i < count; i++) {
    let at = 1 + Math.floor(uniform() * (heldOut.length - AHEAD - 1));
    while (at > 1 && isContinuation(heldOut[at]!)) at--;
    const prompt = heldOut.subarray(startBefore(heldOut, at), at);
    const { tokens, states } = await statesBehind(learned, prompt);
    calls += states.exact.calls;
    impossible += await impossibleMass(learned, tokens);
    for (const way of ways) {
      distance[way] += totalVariation(states[way].next, states.exact.next);
      const { cost, right } = await ahead(learned, states[way], heldOut.subarray(at, at + AHEAD));
      bits[way] += cost;
      if (right >= 1) firstRight[way]++;
      if (right >= RIGHT) fourRight[way]++;
    }
    await pause((i + 1) / count);
  }
  const mean = (sums: Record<Way, number>, over: number) => ({
    naive: sums.naive / over,
    healed: sums.healed / over,
    exact: sums.exact / over,
  });
  return {
    cuts: count,
    bits: mean(bits, count * AHEAD),
    firstRight: mean(firstRight, count),
    fourRight: mean(fourRight, count),
    distance: mean(distance, count),
    impossible: impossible / count,
    calls: calls / count,
  };
}

/** The bits of the bytes that follow, and how many of the first ones are the likeliest. */
async function ahead(
  { exact }: Learned,
  state: ByteState,
  bytes: Uint8Array,
): Promise<{ cost: number; right: number }> {
  let [now, cost, right] = [state, 0, 0];
  for (const [i, byte] of bytes.entries()) {
    if (right === i && likeliest(now.next) === byte) right++;
    cost -= Math.log2(now.next[byte]!);
    if (i + 1 < bytes.length) now = await exact.read(now, [byte]);
  }
  return { cost, right };
}

/** Where a prompt begins that ends at a place: behind a space or line end, some way before. */
function startBefore(bytes: Uint8Array, at: number): number {
  if (at <= BEFORE) return 0;
  for (let from = at - BEFORE; from < at; from++) if (bytes[from - 1] === 10) return from;
  for (let from = at - BEFORE; from < at; from++) if (bytes[from] === 32) return from;
  return at - BEFORE;
}

async function impossibleMass({ model, after }: Learned, prefix: Prefix): Promise<number> {
  const [distribution] = await model.next([prefix]);
  const allowed = after(prefix);
  return distribution!.reduce((sum, p, id) => (allowed[id] === 0 ? sum + p : sum), 0);
}

/**
 * @param most bytes that are measured
 * @returns undefined where too little was set aside
 * @throws TokenoscopeError `aborted`
 */
export async function averageOf(
  { main, other, heldOut }: BothLearned,
  most: number,
  pause: Pause,
): Promise<Average | undefined> {
  const bytes = heldOut.subarray(0, most);
  if (bytes.length < SHORTEST) return undefined;
  const costs = new Float64Array(STEPS + 1);
  let [first, second] = [await main.exact.start(), await other.exact.start()];
  for (const [i, byte] of bytes.entries()) {
    const [p, q] = [first.next[byte]!, second.next[byte]!];
    for (let step = 0; step <= STEPS; step++) {
      const share = step / STEPS;
      costs[step]! -= Math.log2((1 - share) * p + share * q);
    }
    [first, second] = [await main.exact.read(first, [byte]), await other.exact.read(second, [byte])];
    await pause((i + 1) / bytes.length);
  }
  return { bytes: bytes.length, bitsPerByte: Array.from(costs, (cost) => cost / bytes.length) };
}
