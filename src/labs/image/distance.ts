import { isAborted, type TokenoscopeError } from '../../core/errors';
import type { Frame } from '../../engine/image/image.api';
import type { Measuring } from '../../engine/image/measure.client';
import { prefixTicks } from '../../engine/image/prefix-player';
import { type DearFacts, fitsSize } from '../../measures/image-facts';
import { type Signal, signal } from '../../views/signal';
import type { Lane } from './lane';
import type { Measured } from './lanes/measured';
import { asProblem } from './load';
import { positionsOf } from './source';

/** What has been measured so far. */
export interface Distances {
  /** Measured prefixes of every lane, by k; index 0 is unused. */
  readonly points: ReadonlyMap<Lane, readonly (Measured | undefined)[]>;
  readonly problem: TokenoscopeError | null;
}

/** What a lab keeps for its watches. */
export interface DistanceTools {
  /** Starts its worker with its first call. */
  readonly measuring: () => Pick<Measuring, 'measure' | 'read'>;
  /** Values by metric id, kept with the frame when another picture is shown in between; null where not measurable. */
  readonly known: Map<string, WeakMap<Frame, number | null>>;
}

/** The distances of the pictures in some lanes, by one costly measure. */
export class DistanceWatch {
  readonly metric: DearFacts;
  readonly distances: Signal<Distances> = signal<Distances>({ points: new Map(), problem: null });
  readonly #lanes: readonly Lane[];
  readonly #tools: DistanceTools;
  readonly #known: WeakMap<Frame, number | null>;
  readonly #abort = new AbortController();
  readonly #stops: (() => void)[];
  #working = false;

  constructor(metric: DearFacts, lanes: readonly Lane[], tools: DistanceTools) {
    this.metric = metric;
    this.#lanes = lanes;
    this.#tools = tools;
    this.#known = tools.known.get(metric.id) ?? new WeakMap();
    tools.known.set(metric.id, this.#known);
    this.#stops = lanes.flatMap((lane) =>
      [lane.opened, lane.measured, lane.shown].map((source) => source.subscribe(() => void this.#work())),
    );
    void this.#work();
  }

  /** Tries again after a failure. */
  retry(): void {
    this.distances.set({ ...this.distances.get(), problem: null });
    void this.#work();
  }

  /** Stops measuring; what has been measured is kept for the next watch. */
  dispose(): void {
    this.#abort.abort();
    for (const stop of this.#stops) stop();
  }

  /** Measures one frame at a time: those on screen first, then the ticks that have been decoded. */
  async #work(): Promise<void> {
    this.#publish();
    if (this.#working || this.distances.get().problem) return;
    this.#working = true;
    try {
      for (let next = this.#next(); next && !this.#abort.signal.aborted; next = this.#next()) {
        const { width, height, rgba } = next.frame;
        const pair = { width, height, a: next.original, b: rgba };
        const options = { signal: this.#abort.signal };
        const value = await this.#tools.measuring().measure(this.metric.id, pair, options);
        this.#known.set(next.frame, value);
        this.#publish();
      }
    } catch (error) {
      if (!isAborted(error)) this.distances.set({ ...this.distances.get(), problem: asProblem(error) });
    } finally {
      this.#working = false;
    }
  }

  #next(): { readonly frame: Frame; readonly original: Uint8ClampedArray } | undefined {
    for (const framesOf of [(lane: Lane) => [lane.shown.get()], ticksOf]) {
      for (const lane of this.#lanes) {
        const original = lane.opened.get()?.original;
        const isNew = (frame: Frame | null | undefined) =>
          frame && this.#fits(frame) && !this.#known.has(frame);
        const frame = original && framesOf(lane).find(isNew);
        if (frame) return { frame, original };
      }
    }
    return undefined;
  }

  #fits({ width, height }: Frame): boolean {
    return fitsSize(this.metric, { width, height });
  }

  #publish(): void {
    const points = new Map(this.#lanes.map((lane) => [lane, this.#points(lane)]));
    this.distances.set({ points, problem: this.distances.get().problem });
  }

  #points(lane: Lane): (Measured | undefined)[] {
    const points: (Measured | undefined)[] = [];
    for (const frame of [...ticksOf(lane), lane.shown.get()]) {
      const value = frame && this.#known.get(frame);
      if (typeof value === 'number') {
        points[frame!.k] = { k: frame!.k, metrics: { [this.metric.id]: value } };
      }
    }
    return points;
  }
}

/** The frames at the slider's marks that are cached. */
function ticksOf(lane: Lane): (Frame | undefined)[] {
  const picture = lane.opened.get();
  return picture ? prefixTicks(positionsOf(picture)).map((k) => lane.cached(k)) : [];
}
