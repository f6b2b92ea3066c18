import { createStore, type StoreApi } from 'zustand';
import { isAborted, TokenoscopeError } from '../../core/errors';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { Sampling, Steps } from '../../core/image/sampling';
import type { Frame, StepProgress } from '../../engine/image/image.api';
import type { Player } from '../../engine/image/player';
import { PrefixPlayer, prefixTicks } from '../../engine/image/prefix-player';
import type { LoadProgress } from '../../engine/rpc/protocol';
import { type Signal, signal } from '../../views/signal';
import { fileNote } from './lanes/file-note';
import { type Measured, MeasuredPoints } from './lanes/measured';
import type { Position } from './lanes/position';
import type { LabEngine, LoadStep } from './load';
import { type Begun, type OpenPicture, positionsOf, sameSource } from './source';

/** Progress of a lane with the picture that it should show. */
export interface LaneState {
  /** The model or codec that was chosen; while it loads, the picture on screen is still that of another one. */
  readonly model: string;
  readonly phase: 'idle' | 'loading-model' | 'encoding' | 'ready';
  readonly progress: LoadProgress | null;
  /** How it draws where its model samples, apart from the others; null as the lab says. */
  readonly drawing: Drawing | null;
  /** Why it shows nothing. The lead's failure is in the lab's own state. */
  readonly problem: TokenoscopeError | null;
}

/** In how many steps, null for the model's default, and from which noise. */
export interface Drawing {
  readonly steps: Steps | null;
  readonly seed: number;
}

/** What every lane of a lab is given. */
export interface LaneTools {
  readonly engine: LabEngine;
  /** How a model draws, as the lab says where `drawing` is null; undefined where it does not sample. */
  samplingOf(model: string, drawing: Drawing | null): Sampling | undefined;
}

/** A frame that took longer than this would stay on screen out of date for too long. */
const SLOW_MS = 500;

/** One model or codec at work on the picture: its tokens, its player, and the frames shown. */
export class Lane {
  readonly store: StoreApi<LaneState>;
  /** The picture by this lane's model, with its pixels. */
  readonly opened = signal<OpenPicture | null>(null);
  /** The reconstruction on screen: the newest frame that the player presented. */
  readonly shown = signal<Frame | null>(null);
  /** The picture that this is a frame of: while another model or picture loads, and until its first frame, not `opened`. */
  readonly shownOf = signal<OpenPicture | null>(null);
  /** The next picture, where it can be seen before all its tokens are there; null while there is none. */
  readonly begun = signal<Begun | null>(null);
  /** Whether what is on screen is of the picture before: the first frame of this one is not there yet. */
  readonly stale = signal(false);
  /** Where it stands, and what is to be said of that; null before the first picture. */
  readonly position = signal<Position | null>(null);
  /** The requested prefix that is not on screen yet; null where there is none. */
  readonly awaited = signal<number | null>(null);
  /** At which step it is, where the model samples; null before the first one. */
  readonly step = signal<StepProgress | null>(null);
  readonly #tools: LaneTools;
  #loading: AbortController | undefined;
  #player: Player | undefined;
  #restart: (() => Player) | undefined;
  /** How the player draws. */
  #sampling: Sampling | undefined;
  readonly #points = new MeasuredPoints();

  constructor(model: string, tools: LaneTools) {
    this.#tools = tools;
    this.store = createStore<LaneState>(() => ({
      model,
      phase: 'idle',
      progress: null,
      drawing: null,
      problem: null,
    }));
  }

  /** Measures by k; index 0 is unused. Replaced (not mutated) at most ten times a second. */
  get measured(): Signal<readonly (Measured | undefined)[]> {
    return this.#points.values;
  }

  /** The model that was chosen. */
  get model(): string {
    return this.store.getState().model;
  }

  get isLoading(): boolean {
    return this.#loading !== undefined;
  }

  /** Switches to another model; the session loads its picture. */
  choose(model: string): void {
    this.store.setState({ model });
  }

  /**
   * Loads a picture and reports progress; what is on screen stays.
   * @returns undefined where a later call or `cancel` took its place
   * @throws what `work` throws
   */
  async load(
    work: (signal: AbortSignal, onStep: (step: LoadStep) => void) => Promise<OpenPicture>,
  ): Promise<OpenPicture | undefined> {
    this.#loading?.abort();
    const mine = new AbortController();
    this.#loading = mine;
    this.store.setState({ phase: 'loading-model', progress: null, problem: null });
    try {
      const picture = await work(mine.signal, (step) => {
        if (this.#loading !== mine) return;
        if ('begun' in step) this.begun.set(step.begun);
        else this.store.setState(step);
      });
      if (this.#loading !== mine) return undefined;
      this.#settle();
      return picture;
    } catch (error) {
      if (this.#loading !== mine) return undefined;
      this.cancel();
      if (isAborted(error)) return undefined;
      throw error;
    }
  }

  /** Stops loading; the picture on screen stays. */
  cancel(): void {
    this.#loading?.abort();
    this.#settle();
    this.begun.set(null);
  }

  /** Shows why there is no picture. */
  fail(problem: TokenoscopeError): void {
    this.close();
    this.store.setState({ problem });
  }

  /** Plays another picture, from a position on. @param onError told when a position cannot be decoded */
  play(picture: OpenPicture, position: Position, onError: (error: unknown) => void): void {
    this.#stop();
    this.#restart = () => this.#start(picture, onError);
    const player = this.#restart();
    this.#player = player;
    const slow = isCheckpointId(picture.model) || (this.shown.get()?.ms ?? 0) > SLOW_MS;
    // A slow model's old picture must not stay for seconds beside another model's new one.
    if (slow && !player.cached(position.k)) this.shown.set(null);
    this.store.setState({ model: picture.model, phase: 'ready', progress: null, problem: null });
    if (!sameSource(this.opened.get()?.source ?? null, picture.source)) this.stale.set(true);
    this.opened.set(picture);
    this.#points.begin(player.known());
    this.place(position, true);
    this.begun.set(null);
    player.prefetch();
  }

  /** Draws otherwise than the lab says from now on, or with null as it does. */
  draw(drawing: Drawing | null): void {
    const { drawing: before } = this.store.getState();
    if (before?.steps === drawing?.steps && before?.seed === drawing?.seed) return;
    this.store.setState({ drawing });
    this.redraw();
  }

  /** Redraws the same picture if the way of drawing has changed. What is on screen stays until then. */
  redraw(): void {
    const picture = this.opened.get();
    if (!picture || !this.#restart) return;
    if (sameSampling(this.#samplingOf(picture.model), this.#sampling)) return;
    this.#player?.dispose();
    this.#player = this.#restart();
    // Only what is certain to be decoded again: slow models decode only the ticks ahead.
    this.#points.renew(prefixTicks(positionsOf(picture)), this.#player.known());
    this.replay();
  }

  /** Stands elsewhere. @param always also shows it where it stands there already */
  place(position: Position, always = false): void {
    const isSame = this.position.get()?.k === position.k;
    this.position.set(this.#described(position));
    if (always || !isSame) this.show(position.k);
  }

  /** Shows the first k tokens, or all where there are fewer. A cached position is painted before this returns. */
  show(k: number): void {
    const picture = this.opened.get();
    const wanted = Math.min(k, picture ? positionsOf(picture) : k);
    this.#await(this.#player && !this.#player.cached(wanted) ? wanted : null);
    this.#player?.show(wanted);
  }

  /** Aborts decoding, including decoding ahead; what has been decoded is kept. */
  giveUp(): void {
    this.#player?.dispose();
    this.#player = this.#restart?.();
    this.#await(null);
    this.#points.dropStale();
  }

  /** Shows where it stands and decodes the others ahead, again where the backend has changed. */
  replay(): void {
    const position = this.position.get();
    if (position) this.show(position.k);
    this.#player?.prefetch();
  }

  /** The frame for k, decoded where it is not cached; what is on screen stays. @throws TokenoscopeError, `aborted` where another picture took its place */
  async frame(k: number): Promise<Frame> {
    if (!this.#player) throw new TokenoscopeError('aborted', 'There is no picture.');
    return this.#player.frame(k);
  }

  /** Resolves once the frame where it stands is decoded, or there is none. @throws as `frame` */
  async drawn(): Promise<void> {
    const [picture, position] = [this.opened.get(), this.position.get()];
    if (picture && position) await this.frame(Math.min(position.k, positionsOf(picture)));
  }

  /** The frame for k where it is cached. */
  cached(k: number): Frame | undefined {
    return this.#player?.cached(k);
  }

  /** Empties the lane. */
  close(): void {
    this.cancel();
    this.#stop();
    this.#restart = undefined;
    this.opened.set(null);
    this.shown.set(null);
    this.shownOf.set(null);
    this.#points.clear();
    this.position.set(null);
    this.store.setState({ phase: 'idle', problem: null });
  }

  /** A position with what is known of the file that stands there. */
  #described(position: Position): Position {
    const picture = this.opened.get();
    const file = this.shown.get()?.file;
    if (!picture?.codec || file?.asked !== Math.min(position.k, positionsOf(picture))) return position;
    return { ...position, bytes: file.bytes.length, note: fileNote(picture.codec, file) ?? position.note };
  }

  #samplingOf(model: string): Sampling | undefined {
    return this.#tools.samplingOf(model, this.store.getState().drawing);
  }

  #settle(): void {
    this.#loading = undefined;
    this.store.setState({ phase: this.opened.get() ? 'ready' : 'idle', progress: null });
  }

  #start(picture: OpenPicture, onError: (error: unknown) => void): Player {
    this.#sampling = this.#samplingOf(picture.model);
    const player =
      picture.codec?.play() ?? new PrefixPlayer(this.#tools.engine, { ...picture, sampling: this.#sampling });
    player.onFrame((frame) => {
      // A rough frame is shown while the lane still waits for the picture itself.
      if (!frame.isRough) {
        this.#points.add(frame);
        if ((frame.file?.asked ?? frame.k) === this.awaited.get()) this.#await(null);
      }
      this.stale.set(false);
      this.shownOf.set(picture);
      this.shown.set(frame);
      const position = this.position.get();
      if (frame.file && position) this.position.set(this.#described(position));
    });
    player.onStep((progress) => this.step.set(progress));
    player.onCached((frame) => this.#points.add(frame));
    player.onError((error) => {
      this.#await(null);
      this.#points.dropStale();
      onError(error);
    });
    return player;
  }

  #stop(): void {
    this.#player?.dispose();
    this.#player = undefined;
    this.#await(null);
    this.#points.rest();
  }

  #await(k: number | null): void {
    if (k !== this.awaited.get()) this.step.set(null);
    this.awaited.set(k);
  }
}

function sameSampling(a: Sampling | undefined, b: Sampling | undefined): boolean {
  return a?.steps === b?.steps && a?.seed === b?.seed && a?.guidance === b?.guidance;
}
