import { isAborted, TokenoscopeError } from '../../core/errors';
import type { Frame } from '../../engine/image/image.api';
import { Measuring } from '../../engine/image/measure.client';
import { prefixTicks } from '../../engine/image/player';
import type { DearImageMeasure } from '../../measures/image-measures';
import { firstLane, type Lane, type Measured, secondLane } from './lane';
import { type Signal, signal } from './signal';

/** What has been measured so far. */
export interface Distances {
  /** Measured prefixes by k; index 0 is unused. */
  readonly first: readonly (Measured | undefined)[];
  readonly second: readonly (Measured | undefined)[];
  readonly problem: TokenoscopeError | null;
}

const NONE: Distances = { first: [], second: [], problem: null };

let measuring: Measuring | undefined;

/** A frame keeps what it was measured at, whichever picture comes in between: null where it cannot be. */
const known = new Map<string, WeakMap<Frame, number | null>>();

/** The distances by one measure of the pictures on screen. */
export class DistanceWatch {
  readonly distances: Signal<Distances> = signal(NONE);
  readonly #metric: DearImageMeasure;
  readonly #known: WeakMap<Frame, number | null>;
  readonly #abort = new AbortController();
  readonly #stops: (() => void)[];
  #working = false;

  constructor(metric: DearImageMeasure) {
    this.#metric = metric;
    this.#known = known.get(metric.id) ?? new WeakMap();
    known.set(metric.id, this.#known);
    this.#stops = [firstLane, secondLane].flatMap((lane) =>
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

  /** One frame after the other: those on screen first, then the ticks that have been decoded. */
  async #work(): Promise<void> {
    this.#publish();
    if (this.#working || this.distances.get().problem) return;
    this.#working = true;
    try {
      for (let next = this.#next(); next && !this.#abort.signal.aborted; next = this.#next()) {
        const { width, height, rgba } = next.frame;
        const pair = { width, height, a: next.original, b: rgba };
        measuring ??= new Measuring();
        const value = await measuring.measure(this.#metric.id, pair, { signal: this.#abort.signal });
        this.#known.set(next.frame, value);
        this.#publish();
      }
    } catch (error) {
      if (!isAborted(error)) this.distances.set({ ...this.distances.get(), problem: explained(error) });
    } finally {
      this.#working = false;
    }
  }

  #next(): { readonly frame: Frame; readonly original: Uint8ClampedArray } | undefined {
    const lanes = [firstLane, secondLane];
    for (const frames of [lanes.map((lane) => [lane.shown.get()]), lanes.map(ticksOf)]) {
      for (const [i, ofLane] of frames.entries()) {
        const original = lanes[i]!.opened.get()?.original;
        const frame = original && ofLane.find((each) => each && this.#fits(each) && !this.#known.has(each));
        if (frame) return { frame, original };
      }
    }
    return undefined;
  }

  #fits({ width, height }: Frame): boolean {
    const { size } = this.#metric;
    return size === undefined || (width === size.width && height === size.height);
  }

  #publish(): void {
    const [first, second] = [firstLane, secondLane].map((lane) => this.#points(lane));
    this.distances.set({ first: first!, second: second!, problem: this.distances.get().problem });
  }

  #points(lane: Lane): (Measured | undefined)[] {
    const points: (Measured | undefined)[] = [];
    for (const frame of [...ticksOf(lane), lane.shown.get()]) {
      const value = frame && this.#known.get(frame);
      if (typeof value === 'number')
        points[frame!.k] = { k: frame!.k, metrics: { [this.#metric.id]: value } };
    }
    return points;
  }
}

/** The frames at the slider's marks that are at hand. */
function ticksOf(lane: Lane): (Frame | undefined)[] {
  const count = lane.opened.get()?.ids.length;
  return count === undefined ? [] : prefixTicks(count).map((k) => lane.cached(k));
}

function explained(error: unknown): TokenoscopeError {
  if (error instanceof TokenoscopeError) return error;
  return new TokenoscopeError(
    'internal',
    error instanceof Error ? error.message : String(error),
    'Try again.',
  );
}
