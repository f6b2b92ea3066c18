import { isAborted, type TokenoscopeError } from '../../../core/errors';
import { meanSquare, onShareScale } from '../../../core/image/token-change';
import { type Signal, signal } from '../../../views/signal';
import type { Lane } from '../lane';
import { asProblem } from '../load';

/** What the tokens of a picture change, as far as it is known. */
export interface Energies {
  /** By token: its share of all change from no token to all, or NaN. Sums to 1 once all are known. */
  readonly shares: Float32Array;
  /** The same on the logarithmic scale of the legend, 0..1, or NaN. */
  readonly scale: Float32Array;
  /** How many are known. */
  readonly known: number;
  /** What the first token is compared with: what the model draws without any, or grey; null until that is known. */
  readonly base: 'mean' | 'grey' | null;
  /** Frames are decoded for the rest, because the visitor asked for it. */
  readonly running: boolean;
  /** The rest is computed only if asked for: decoding is slow, and frames are not decoded ahead. */
  readonly asks: boolean;
  readonly problem: TokenoscopeError | null;
}

/** A frame that takes longer is not decoded for this without being asked for. */
const CHEAP_MS = 100;

/** Without news for so long, nothing is decoded ahead any more. */
const QUIET_MS = 2000;

/** Frames are compared for so long at a stretch, so that a drag of the slider stays smooth. */
const SLICE_MS = 5;

/** The energy that each token of a lane's picture adds, from the frames that are cached. */
export class EnergyWatch {
  readonly energies: Signal<Energies>;
  readonly #lane: Lane;
  readonly #count: number;
  /** What the model draws without any token; undefined where it draws nothing then. */
  readonly #drawNothing: (signal: AbortSignal) => Promise<Uint8ClampedArray | undefined>;
  /** Mean squared change by token, NaN where unknown. */
  readonly #changes: Float32Array;
  readonly #abort = new AbortController();
  readonly #stops: readonly (() => void)[];
  /** Settles once the base is there. */
  readonly #finding: Promise<void>;
  #base: Uint8ClampedArray | undefined;
  #hasMean: boolean | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #isQuiet = false;
  #working = false;
  #again = false;
  #run: AbortController | undefined;

  /** @param lane with a picture open: a watch is for that picture, drawn in one way */
  constructor(lane: Lane, drawNothing: (signal: AbortSignal) => Promise<Uint8ClampedArray | undefined>) {
    this.#lane = lane;
    this.#drawNothing = drawNothing;
    this.#count = lane.opened.get()?.ids.length ?? 0;
    this.#changes = new Float32Array(this.#count).fill(Number.NaN);
    this.energies = signal(this.#summary(null));
    this.#stops = [lane.measured, lane.shown].map((source) => source.subscribe(() => void this.#compare()));
    void this.#compare();
    this.#finding = this.#findBase();
  }

  /** The picture before the first token, once it is known. */
  get base(): Uint8ClampedArray | undefined {
    return this.#base;
  }

  /** Decodes what is missing, one frame after the other. */
  async run(): Promise<void> {
    if (this.#run) return;
    const mine = new AbortController();
    this.#run = mine;
    this.energies.set(this.#summary(null));
    let problem: TokenoscopeError | null = null;
    try {
      for (let k = 1; k <= this.#count && !mine.signal.aborted; k++) {
        const needed = Number.isNaN(this.#changes[k - 1]) || Number.isNaN(this.#changes[k] ?? 0);
        if (needed && !this.#lane.cached(k)) await this.#lane.frame(k);
        if (this.#abort.signal.aborted) return;
        void this.#compare();
      }
      await this.#finding;
    } catch (error) {
      if (!isAborted(error)) problem = asProblem(error);
    }
    if (this.#run !== mine) return; // stopped, and perhaps begun again
    this.#run = undefined;
    if (!this.#abort.signal.aborted) this.energies.set(this.#summary(problem));
  }

  /** Ends `run` after the frame that is being decoded; what is known stays. */
  cancel(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.energies.set(this.#summary(null));
  }

  dispose(): void {
    this.#abort.abort();
    this.#run?.abort();
    clearTimeout(this.#quiet);
    for (const stop of this.#stops) stop();
  }

  /** Compares neighbours that are both cached, a slice at a time. */
  async #compare(): Promise<void> {
    this.#again = true;
    if (this.#working) return;
    this.#working = true;
    while (this.#again && !this.#abort.signal.aborted) {
      this.#again = false;
      let began = performance.now();
      let changed = false;
      for (let i = 0; i < this.#count; i++) {
        if (!Number.isNaN(this.#changes[i])) continue;
        const before = i === 0 ? this.#base : this.#lane.cached(i)?.rgba;
        const after = this.#lane.cached(i + 1)?.rgba;
        if (!before || !after || before.length !== after.length) continue;
        this.#changes[i] = meanSquare(before, after);
        changed = true;
        if (performance.now() - began < SLICE_MS) continue;
        await new Promise((resolve) => setTimeout(resolve));
        if (this.#abort.signal.aborted) return;
        began = performance.now();
      }
      if (changed) this.energies.set(this.#summary(null));
    }
    this.#working = false;
    this.#listen();
  }

  /** Notices when no further frame comes. */
  #listen(): void {
    clearTimeout(this.#quiet);
    this.#isQuiet = false;
    if (this.#abort.signal.aborted) return;
    this.#quiet = setTimeout(() => {
      this.#isQuiet = true;
      this.energies.set(this.#summary(this.energies.get().problem));
    }, QUIET_MS);
  }

  /** What the first token is compared with. No other token waits for it. */
  async #findBase(): Promise<void> {
    const picture = this.#lane.opened.get();
    const drawn = await this.#drawNothing(this.#abort.signal).catch(() => undefined);
    this.#hasMean = drawn !== undefined;
    this.#base = drawn ?? new Uint8ClampedArray((picture?.width ?? 0) * (picture?.height ?? 0) * 4).fill(128);
    void this.#compare();
  }

  #summary(problem: TokenoscopeError | null): Energies {
    const total = this.#changes.reduce((sum, change) => sum + (Number.isNaN(change) ? 0 : change), 0);
    const shares = this.#changes.map((change) => (total === 0 ? Number.NaN : change / total));
    const known = this.#changes.reduce((count, change) => count + (Number.isNaN(change) ? 0 : 1), 0);
    return {
      shares,
      scale: shares.map(onShareScale),
      known,
      base: this.#hasMean === undefined ? null : this.#hasMean ? 'mean' : 'grey',
      running: this.#run !== undefined,
      asks: known < this.#count && (this.#isQuiet || (this.#lane.shown.get()?.ms ?? 0) > CHEAP_MS),
      problem,
    };
  }
}
