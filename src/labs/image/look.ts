import { type Signal, signal } from '../../views/signal';
import type { LabChange } from '../lab';
import { editOf, unedited, withEdit } from './edit/edited';
import type { ImageExperiment, ImageView, Pair } from './experiment';
import type { Drawing, Lane } from './lane';
import type { LaneList, LaneListParts } from './lane-list';
import type { LinkedBy } from './lanes/position';
import { imageExperiment } from './link';
import { asProblem } from './load';
import { sameIds, sameSource } from './source';
import { FIRST_METRIC, type ImageLabState, tokenCount } from './store';

type LookParts = Pick<LaneListParts, 'store' | 'models' | 'onChange'>;

/** How a session's picture is looked at, and how many and which tokens of it: nothing of it changes what is open. */
export class Look {
  /** The token (from 0) that is pointed at, or null: then the last kept one is described. */
  readonly inspected: Signal<number | null> = signal<number | null>(null);
  readonly #parts: LookParts;
  readonly #lanes: Pick<LaneList, 'lead' | 'place' | 'positionOf'>;

  constructor(parts: LookParts, lanes: Pick<LaneList, 'lead' | 'place' | 'positionOf'>) {
    this.#parts = parts;
    this.#lanes = lanes;
  }

  /** The lane whose tokens the slider shows. */
  get lead(): Lane {
    return this.#lanes.lead;
  }

  /** What the lab shows, as a link holds it. */
  experiment(): ImageExperiment {
    return imageExperiment(this.state, this.#parts.models);
  }

  /** Shows the first k tokens; out of range values are clamped. A cached position is painted before this returns. */
  setK(k: number): void {
    const { k: before } = this.state;
    const count = tokenCount(this.state, this.#parts.models) ?? Math.max(1, before);
    const clamped = Math.min(count, Math.max(1, Math.round(k)));
    if (clamped === before) return;
    this.#lanes.place(clamped);
    this.set({ k: clamped });
    this.tell('edit');
  }

  /**
   * Shows other tokens than the picture's own, in the lead and in every lane that draws the same.
   * @param ids as many as the picture has; null, or the picture's own, for those again
   */
  setIds(ids: Uint32Array | null): void {
    if (this.showIds(ids)) this.tell('edit');
  }

  setView(view: ImageView): void {
    if (view === this.state.view) return;
    this.set({ view });
    this.tell('step');
  }

  /** Which two pictures are compared in one place; null for the view's default. */
  setPair(pair: Pair | null): void {
    if (String(pair) === String(this.state.pair)) return;
    this.set({ pair });
    this.tell('step');
  }

  /** Which measure the chart, the figures and the error heat map show. */
  setMetric(metric: string): void {
    if (metric === this.state.metric) return;
    this.set({ metric });
    this.tell('edit');
  }

  /** What the lanes beside the lead follow. */
  setLinked(linked: LinkedBy): void {
    if (linked === this.state.linked) return;
    this.set({ linked });
    this.#lanes.place();
    this.tell('step');
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
      const before = lane.store.getState().drawing ?? this.state;
      const next = { steps: before.steps, seed: before.seed, ...sampling };
      if (next.steps === before.steps && next.seed === before.seed) return;
      lane.draw(next);
      this.tell(next.steps === before.steps ? 'edit' : 'step');
      return;
    }
    const { steps, seed, lanes } = this.state;
    const next = { steps, seed, ...sampling };
    if (next.steps === steps && next.seed === seed) return;
    this.set(next);
    for (const lane of lanes) lane.redraw();
    this.tell(next.steps === steps ? 'edit' : 'step');
  }

  /** How strongly tokens decide what guided models draw from now on; null as each model has it. */
  setGuidance(guidance: number | null): void {
    if (guidance === this.state.guidance) return;
    this.set({ guidance });
    for (const lane of this.state.lanes) lane.redraw();
    this.tell('step');
  }

  /** Looks at the picture as a link says. */
  protected lookAs(experiment: ImageExperiment): void {
    const { view, lanes, pair = null, metric, linked, steps = null, seed = 0, guidance = null } = experiment;
    this.setView(view);
    this.setPair(pair);
    this.setMetric(metric ?? FIRST_METRIC);
    this.setLinked(linked ?? (lanes.length > 1 ? 'tokens' : 'bytes'));
    this.setSampling({ steps, seed });
    this.setGuidance(guidance);
  }

  /** @returns whether anything changed */
  protected showIds(ids: Uint32Array | null): boolean {
    const { models } = this.#parts;
    const shown = this.lead.opened.get();
    if (!shown || sameIds(ids ?? shown.own ?? shown.ids, shown.ids)) return false;
    const edited = editOf(unedited(shown), ids, null, models);
    this.set({ edited });
    for (const lane of this.state.lanes) {
      const picture = lane.opened.get();
      if (!picture || !sameSource(picture.source, shown.source)) continue;
      const next = withEdit(unedited(picture), edited, models);
      if (next.ids === picture.ids) continue;
      lane.play(next, this.#lanes.positionOf(lane, next), (error) =>
        lane === this.lead ? this.set({ problem: asProblem(error) }) : lane.fail(asProblem(error)),
      );
    }
    return true;
  }

  protected get state(): ImageLabState {
    return this.#parts.store.getState();
  }

  protected set(change: Partial<ImageLabState>): void {
    this.#parts.store.setState(change);
  }

  protected tell(change: LabChange): void {
    this.#parts.onChange(change);
  }
}
