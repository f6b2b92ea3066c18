import type { StoreApi } from 'zustand';
import { TokenoscopeError } from '../../core/errors';
import { isCodecId } from '../../core/image/codec-id';
import { imageFacts } from '../../measures/image-facts';
import type { LabChange } from '../lab';
import { withEdit } from './edit/edited';
import { LANES_LIMIT } from './experiment';
import { Lane, type LaneTools } from './lane';
import type { CodecTools } from './lanes/codec-lanes';
import { sentTo } from './lanes/lane-sent';
import { bytesAt, followerPosition, type Placed, type Position } from './lanes/position';
import { asProblem, type LoadStep, type LoadTools, loadPicture } from './load';
import { type Basis, type ImageSource, type OpenPicture, positionsOf, sameSource } from './source';
import type { ImageLabState } from './store';

/** What the lanes of a lab share. */
export interface LaneListParts extends LoadTools {
  readonly store: StoreApi<ImageLabState>;
  readonly laneTools: LaneTools;
  /** The codecs, which are loaded with the first call. */
  codecs(): Promise<CodecTools>;
  /** What is measured of a lane by the chosen measure; by k. */
  pointsOf(lane: Lane): Placed['points'];
  /** Called with every change that a link would show. */
  onChange(change: LabChange): void;
}

/** The lanes of a lab. The session opens the lead's picture; the other lanes follow it. */
export class LaneList {
  readonly #parts: LaneListParts;
  readonly #probing = new WeakSet<Lane>();

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
    for (const lane of this.all) if (lane !== except && !lane.isLoading) lane.replay();
  }

  /** Resolves once every lane's picture at its position is drawn and kept. @throws TokenoscopeError where one cannot be */
  async drawn(): Promise<void> {
    await Promise.all(this.all.map((lane) => lane.drawn()));
  }

  /** Moves the lead to k, and every other lane to where it stands beside that. */
  place(k = this.#parts.store.getState().k): void {
    for (const lane of this.all) {
      const picture = lane.opened.get();
      if (!picture) continue;
      const position = this.positionOf(lane, picture, k);
      lane.place(position);
      if (position.probe !== undefined) void this.#probe(lane, position.probe);
    }
  }

  /** Makes a frame to measure it; as soon as it is, lanes at equal quality are placed again. One at a time. */
  async #probe(lane: Lane, at: number): Promise<void> {
    if (this.#probing.has(lane)) return;
    this.#probing.add(lane);
    await lane.frame(at).catch(() => {}); // asked for by nobody: a failure only ends the search
    this.#probing.delete(lane);
  }

  /** Where a lane stands with a picture that it shows or is about to. @param k the lead's position */
  positionOf(lane: Lane, picture: OpenPicture, k = this.#parts.store.getState().k): Position {
    const own = this.#placed(lane, picture);
    if (lane === this.lead) return { k, bytes: bytesAt(k, own.scale) };
    const leads = this.lead.opened.get();
    if (!leads) return { k, bytes: bytesAt(k, own.scale) };
    const { linked, metric: id } = this.#parts.store.getState();
    const metric = imageFacts.find((one) => one.id === id) ?? imageFacts[0]!;
    return followerPosition(linked, this.#placed(this.lead, leads), k, own, metric);
  }

  #placed(lane: Lane, picture: OpenPicture): Placed {
    const { models, pointsOf } = this.#parts;
    const count = positionsOf(picture);
    const scale = picture.codec
      ? ({ unit: 'byte', bits: 8, count } as const)
      : ({ unit: 'token', bits: models.find(picture.model)?.tokens.bits ?? 16, count } as const);
    return { scale, points: lane.opened.get() === picture ? pointsOf(lane) : [] };
  }

  /** @returns undefined where there are as many as there may be */
  add(model: string): Lane | undefined {
    if (this.all.length >= LANES_LIMIT) return undefined;
    const lane = new Lane(model, this.#parts.laneTools);
    this.#set([...this.all, lane]);
    return lane;
  }

  /** The first model among those that stay leads. @returns false where there would be none */
  remove(lane: Lane): boolean {
    const left = this.all.filter((other) => other !== lane);
    const lead = left.find(({ model }) => !isCodecId(model));
    if (!lead) return false;
    lane.close();
    this.#set([lead, ...left.filter((other) => other !== lead)]);
    return true;
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
    const { source } = this.#parts.store.getState();
    if (!source) return;
    const shown = lane.opened.get();
    const isThere = shown?.model === lane.model && sameSource(shown.source, source);
    // A codec encodes what the lead's model sees, which may be of another size now.
    const isStale = shown?.codec && shown.original !== this.lead.opened.get()?.original;
    if (!anew && isThere && !isStale) {
      if (lane.isLoading) lane.cancel();
      lane.place(this.positionOf(lane, shown), true);
      lane.replay();
      return;
    }
    if (how === 'alone') this.rest();
    try {
      const picture = await lane.load((aborted, onStep) => this.#load(lane, source, aborted, onStep));
      if (!picture) return;
      if (!picture.codec) this.#parts.recent.remember(picture);
      const shows = withEdit(picture, this.#parts.store.getState().edited, this.#parts.models);
      lane.play(shows, this.positionOf(lane, picture), (error) => lane.fail(asProblem(error)));
      this.#parts.onChange('correction');
    } catch (error) {
      lane.fail(this.explained(error, lane.model));
    }
    if (how === 'alone') this.resume(lane);
  }

  /**
   * A picture by a model; what that cannot draw of a link it encodes from the lead's reconstruction.
   * @param show how many tokens will be shown first, where that is known
   * @throws what `loadPicture` throws
   */
  loadModel(
    model: string,
    source: ImageSource,
    signal: AbortSignal,
    onStep: (step: LoadStep) => void,
    show?: number,
  ): Promise<OpenPicture> {
    const findBasis = (of: ImageSource) => this.#basis(of);
    return loadPicture(this.#parts, model, source, signal, onStep, { findBasis, show });
  }

  /** Whether the lead shows a picture, so that any other model can at least encode what it makes of it. */
  hasBasis(source: ImageSource): boolean {
    const shown = this.lead.opened.get();
    return shown !== null && sameSource(shown.source, source);
  }

  async #basis(source: ImageSource): Promise<Basis | undefined> {
    const shown = this.lead.opened.get();
    if (!shown || !sameSource(shown.source, source)) return undefined;
    if (shown.basis) return shown.basis;
    const { width, height, rgba } = await this.lead.frame(shown.ids.length);
    return { width, height, data: rgba };
  }

  async #load(
    lane: Lane,
    source: ImageSource,
    signal: AbortSignal,
    onStep: (step: LoadStep) => void,
  ): Promise<OpenPicture> {
    const { model } = lane;
    if (!isCodecId(model)) return this.loadModel(model, source, signal, onStep);
    const codecs = await this.#parts.codecs();
    const lead = this.lead.opened.get();
    if (!lead || !sameSource(lead.source, source))
      throw new TokenoscopeError('aborted', 'Another picture came.');
    return codecs.open(model, lead, sentTo(this.all, this.all.indexOf(lane), source)?.file, signal);
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
