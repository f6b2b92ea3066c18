import { isAborted, type TokenoscopeError } from '../../../core/errors';
import type { HeatMaps } from '../../../engine/image/heat.client';
import type { ImageFacts, MapFacts } from '../../../measures/image-facts';
import type { Drawn } from '../../../views/picture/PictureCanvas';
import { paintValues } from '../../../views/picture/viridis';
import { type Signal, signal } from '../../../views/signal';
import type { Pair } from '../experiment';
import type { Lane } from '../lane';
import { asProblem } from '../load';
import { bothOf } from './difference';
import { sourcesOf } from './pictures';

/** A measure with local values. */
export interface Mapped {
  readonly id: string;
  readonly map: MapFacts;
}

/** A measure as one with local values; undefined where it has none. The same object at every call. */
export function mappedOf(measure: ImageFacts): Mapped | undefined {
  return measure.cost === 'cheap' && measure.map ? (measure as Mapped) : undefined;
}

/** Where a measure finds errors, for two pictures that change: one map is computed at a time, the newest wins. */
export class HeatWatch {
  readonly drawn: Signal<Drawn | null> = signal<Drawn | null>(null);
  readonly problem: Signal<TokenoscopeError | null> = signal<TokenoscopeError | null>(null);
  readonly #measure: Mapped;
  readonly #both: () => readonly [Drawn, Drawn] | null;
  readonly #maps: () => Pick<HeatMaps, 'map'>;
  readonly #abort = new AbortController();
  readonly #stops: (() => void)[];
  #working = false;
  #stale = false;

  constructor(measure: Mapped, lanes: readonly Lane[], pair: Pair, maps: () => Pick<HeatMaps, 'map'>) {
    this.#measure = measure;
    this.#maps = maps;
    this.#both = () => bothOf(lanes, pair);
    this.#stops = sourcesOf(lanes, pair).map((source) => source.subscribe(() => void this.#work()));
    void this.#work();
  }

  dispose(): void {
    this.#abort.abort();
    for (const stop of this.#stops) stop();
  }

  async #work(): Promise<void> {
    this.#stale = true;
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#stale && !this.#abort.signal.aborted) {
        this.#stale = false;
        const both = this.#both();
        const drawn = both && (await heatOf(this.#measure, both, this.#maps(), this.#abort.signal));
        if (!this.#abort.signal.aborted) this.drawn.set(drawn);
      }
    } catch (error) {
      if (!isAborted(error)) this.problem.set(asProblem(error));
    } finally {
      this.#working = false;
    }
  }
}

/** The error map of two pictures in colours: dark where they agree, bright where they do not. */
export async function heatOf(
  { id, map }: Mapped,
  [left, right]: readonly [Drawn, Drawn],
  maps: Pick<HeatMaps, 'map'>,
  signal?: AbortSignal,
): Promise<Drawn | null> {
  const { width, height } = right;
  const pair = { width, height, a: left.rgba, b: right.rgba, measure: id };
  const values = await maps.map(pair, { signal });
  return (
    values && {
      ...right,
      rgba: paintValues(values, map.best, map.worst),
      label: `Error heat map, ${map.label}: ${right.label}`,
    }
  );
}
