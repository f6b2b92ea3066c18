import type { Frame } from '../../../engine/image/image.api';
import { type Signal, signal } from '../../../views/signal';

/** A measured prefix, or a codec's file of k bytes: what the quality curve is drawn from. */
export interface Measured {
  readonly k: number;
  /** By metric id. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Points arrive in bursts of hundreds a second, so they are shown in batches. */
const UPDATE_MS = 100;

/** What is measured of a lane's picture, as its frames are decoded. */
export class MeasuredPoints {
  /** By k; index 0 is unused. Replaced (not mutated) at most ten times a second. */
  readonly values: Signal<readonly (Measured | undefined)[]> = signal<readonly (Measured | undefined)[]>([]);
  #pending: (Measured | undefined)[] = [];
  /** Prefixes whose measures belong to an earlier way of drawing; they are shown until new ones arrive. */
  #stale = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Another picture. @param known its cached frames */
  begin(known: Iterable<Measured>): void {
    this.#pending = [];
    this.#recall(known);
  }

  /** The same picture drawn otherwise. @param kept the positions that are certain to be decoded again @param known its cached frames */
  renew(kept: readonly number[], known: Iterable<Measured>): void {
    this.#pending = this.#pending.map((point, at) => (kept.includes(at) ? point : undefined));
    this.#recall(known);
  }

  /** A frame was decoded, by this lane or another. One that is known already changes nothing. */
  add({ k, metrics }: Pick<Frame, 'k' | 'metrics'>): void {
    if (this.#pending[k]?.metrics === metrics && !this.#stale.has(k)) return;
    this.#pending[k] = { k, metrics };
    this.#stale.delete(k);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.values.set([...this.#pending]);
    }, UPDATE_MS);
  }

  /** Decoding has ended: what is out of date will not be renewed. */
  dropStale(): void {
    if (this.#stale.size === 0) return;
    for (const k of this.#stale) this.#pending[k] = undefined;
    this.#stale.clear();
    this.values.set([...this.#pending]);
  }

  /** Shows nothing that is still to be shown. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  clear(): void {
    this.values.set([]);
  }

  /** Takes over the measures of cached frames; the other ones shown are out of date. */
  #recall(known: Iterable<Measured>): void {
    this.#stale = new Set(this.#pending.flatMap((point) => point?.k ?? []));
    for (const { k, metrics } of known) {
      this.#pending[k] = { k, metrics };
      this.#stale.delete(k);
    }
    this.values.set([...this.#pending]);
  }
}
