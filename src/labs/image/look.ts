import type { ImageView, Pair } from './experiment';
import type { Drawing, Lane } from './lane';
import type { LaneList, LaneListParts } from './lane-list';
import type { LinkedBy } from './lanes/position';
import type { ImageLabState } from './store';

/** How a session's picture is looked at: nothing of it changes what is open. */
export class Look {
  readonly #parts: Pick<LaneListParts, 'store' | 'onChange'>;
  readonly #lanes: Pick<LaneList, 'place'>;

  constructor(parts: Pick<LaneListParts, 'store' | 'onChange'>, lanes: Pick<LaneList, 'place'>) {
    this.#parts = parts;
    this.#lanes = lanes;
  }

  setView(view: ImageView): void {
    if (view === this.#state.view) return;
    this.#set({ view });
    this.#tell('step');
  }

  /** Which two pictures are compared in one place; null for the view's default. */
  setPair(pair: Pair | null): void {
    if (String(pair) === String(this.#state.pair)) return;
    this.#set({ pair });
    this.#tell('step');
  }

  /** Which measure the chart, the figures and the error heat map show. */
  setMetric(metric: string): void {
    if (metric === this.#state.metric) return;
    this.#set({ metric });
    this.#tell('edit');
  }

  /** What the lanes beside the lead follow. */
  setLinked(linked: LinkedBy): void {
    if (linked === this.#state.linked) return;
    this.#set({ linked });
    this.#lanes.place();
    this.#tell('step');
  }

  /** Moves the lanes to where they stand now: what is measured of them has changed. */
  relink(): void {
    this.#lanes.place();
  }

  /**
   * How models that sample draw from now on; pictures on screen stay until the new ones are there.
   * @param lane where it is about one lane only
   */
  setSampling(sampling: Partial<Drawing>, lane?: Lane): void {
    if (lane) {
      const before = lane.store.getState().drawing ?? this.#state;
      const next = { steps: before.steps, seed: before.seed, ...sampling };
      if (next.steps === before.steps && next.seed === before.seed) return;
      lane.draw(next);
      this.#tell(next.steps === before.steps ? 'edit' : 'step');
      return;
    }
    const { steps, seed, lanes } = this.#state;
    const next = { steps, seed, ...sampling };
    if (next.steps === steps && next.seed === seed) return;
    this.#set(next);
    for (const lane of lanes) lane.redraw();
    this.#tell(next.steps === steps ? 'edit' : 'step');
  }

  get #state(): ImageLabState {
    return this.#parts.store.getState();
  }

  #set(change: Partial<ImageLabState>): void {
    this.#parts.store.setState(change);
  }

  #tell(change: 'step' | 'edit'): void {
    this.#parts.onChange(change);
  }
}
