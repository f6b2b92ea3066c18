import type { StoreApi } from 'zustand';
import { TokenoscopeError } from '../../core/errors';
import type { LabChange } from '../lab';
import { LANES_LIMIT } from './experiment';
import { Lane, type LaneTools } from './lane';
import { asProblem, type LoadTools, loadPicture } from './load';
import { sameSource } from './source';
import type { ImageLabState } from './store';

/** What the lanes of a lab share. */
export interface LaneListParts extends LoadTools {
  readonly store: StoreApi<ImageLabState>;
  readonly laneTools: LaneTools;
  /** Called with every change that a link would show. */
  onChange(change: LabChange): void;
}

/** The lanes of a lab. The session opens the lead's picture; the other lanes follow it. */
export class LaneList {
  readonly #parts: LaneListParts;

  constructor(parts: LaneListParts) {
    this.#parts = parts;
  }

  get all(): readonly Lane[] {
    return this.#parts.store.getState().lanes;
  }

  /** The lane whose tokens the slider shows. */
  get lead(): Lane {
    return this.all[0]!;
  }

  /** All but the lead. */
  get followers(): readonly Lane[] {
    return this.all.slice(1);
  }

  /** Aborts what is being decoded. */
  rest(): void {
    for (const lane of this.all) lane.giveUp();
  }

  /** Resumes decoding what is on screen. */
  resume(except?: Lane): void {
    const { k } = this.#parts.store.getState();
    for (const lane of this.all) if (lane !== except && !lane.isLoading) lane.replay(k);
  }

  /** @returns undefined where there are as many as there may be */
  add(model: string): Lane | undefined {
    if (this.all.length >= LANES_LIMIT) return undefined;
    const lane = new Lane(model, this.#parts.laneTools);
    this.#set([...this.all, lane]);
    return lane;
  }

  remove(lane: Lane): void {
    lane.close();
    this.#set(this.all.filter((other) => other !== lane));
  }

  /** As many lanes beside the lead as there are models; those that are here already stay. */
  arrange(beside: readonly string[]): void {
    const { followers } = this;
    if (followers.length === beside.length && followers.every(({ model }, i) => model === beside[i])) return;
    for (const lane of followers.slice(beside.length)) lane.close();
    const lanes = beside.map((model, i) => {
      const lane = followers[i] ?? new Lane(model, this.#parts.laneTools);
      lane.choose(model);
      return lane;
    });
    this.#set([this.lead, ...lanes]);
  }

  /**
   * Shows the picture on screen in a lane as well.
   * @param how `alone` aborts what the other lanes compute; `along` lets them continue
   * @param anew also if it already shows that picture
   */
  async follow(lane: Lane, how: 'alone' | 'along', anew = false): Promise<void> {
    const { source, k } = this.#parts.store.getState();
    if (!source) return;
    const shown = lane.opened.get();
    if (!anew && shown?.model === lane.model && sameSource(shown.source, source)) {
      if (lane.isLoading) lane.cancel();
      lane.replay(k);
      return;
    }
    if (how === 'alone') this.rest();
    try {
      const picture = await lane.load((aborted, onStep) =>
        loadPicture(this.#parts, lane.model, source, aborted, onStep),
      );
      if (!picture) return;
      this.#parts.recent.remember(picture);
      lane.play(picture, this.#parts.store.getState().k, (error) => lane.fail(asProblem(error)));
      this.#parts.onChange('correction');
    } catch (error) {
      lane.fail(this.explained(error, lane.model));
    }
    if (how === 'alone') this.resume(lane);
  }

  /** Why a model could not be loaded; offline, the reason is that it was never loaded before. */
  explained(error: unknown, model: string): TokenoscopeError {
    const problem = asProblem(error);
    if (problem.code !== 'model-fetch' || globalThis.navigator?.onLine !== false) return problem;
    if (!/could not be fetched|never loaded here/.test(problem.message)) return problem;
    return new TokenoscopeError(
      'model-fetch',
      `${this.#parts.models.label(model)} was never loaded on this device, which is offline.`,
      'Connect once to load it; from then on it works offline. The models that are here already say so in the menu.',
      { cause: error },
    );
  }

  #set(lanes: readonly Lane[]): void {
    this.#parts.store.setState({ lanes });
  }
}
