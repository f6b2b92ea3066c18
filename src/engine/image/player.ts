import { isAborted } from '../../core/errors';
import type { Sampling } from '../../core/image/sampling';
import { FrameCache } from './frame-cache';
import { hashBytes } from './hash';
import type { Frame, StepProgress } from './image.api';
import type { ImageEngine } from './image.client';

/** What a player plays: one row of tokens, and the picture it came from where that is known. */
export interface PrefixSource {
  readonly model: string;
  /** All K ids. */
  readonly ids: Uint32Array;
  /** RGBA of the model's size; null for tokens that came in a link. */
  readonly original: Uint8ClampedArray | null;
  /** How it is drawn, where the model samples. */
  readonly sampling?: Sampling | undefined;
}

/** Positions to decode while nothing is requested; reduced to the ticks if frames turn out to be slow. */
interface Ahead {
  ks: number[];
  readonly mayThin: boolean;
}

/** Shared by all players: a picture looked at again is free. 128 MiB is 2,048 frames of 128x128. */
const sharedCache = new FrameCache(128 * 1024 * 1024);

/** Drops the cached frames of a model whose weights have changed. */
export function forgetFrames(model: string): void {
  sharedCache.forget(`${model} `);
}

/** Milliseconds above which a frame is too costly to decode without a request. */
const SLOW_FRAME_MS = 150;

/** The marks of the slider: 1, 2, 4, ... and `count`. */
export function prefixTicks(count: number): number[] {
  const ticks: number[] = [];
  for (let k = 1; k < count; k *= 2) ticks.push(k);
  ticks.push(count);
  return ticks;
}

/**
 * Plays the prefixes of one row of tokens: at most one decode in flight, the latest `show` first, positions
 * that were passed over never decoded, and the rest decoded ahead while nothing is requested.
 */
export class PrefixPlayer {
  readonly #engine: Pick<ImageEngine, 'decode' | 'report'>;
  readonly #source: PrefixSource;
  readonly #cache: FrameCache;
  readonly #key: string;
  readonly #frameListeners = new Set<(frame: Frame) => void>();
  readonly #cachedListeners = new Set<(frame: Frame) => void>();
  readonly #errorListeners = new Set<(error: unknown) => void>();
  readonly #stepListeners = new Set<(progress: StepProgress) => void>();
  readonly #abort = new AbortController();
  #wanted: { readonly k: number; readonly turn: number } | undefined;
  #turn = 0;
  #shownTurn = 0;
  /** The position on screen, where that is a draft. */
  #draft: number | undefined;
  #ahead: Ahead = { ks: [], mayThin: false };
  #showing = false;
  #decodingAhead = false;
  /** Ends the decode ahead that is in flight. */
  #giveWay = new AbortController();

  constructor(engine: Pick<ImageEngine, 'decode' | 'report'>, source: PrefixSource, cache = sharedCache) {
    this.#engine = engine;
    this.#source = source;
    this.#cache = cache;
    const original = source.original ? hashBytes(source.original) : '-';
    const drawn = source.sampling ? `${source.sampling.steps} ${source.sampling.seed}` : '-';
    this.#key = `${source.model} ${hashBytes(source.ids)} ${original} ${drawn}`;
  }

  /** The frame for k where it is cached, without waiting. */
  cached(k: number): Frame | undefined {
    return this.#cache.get(this.#cacheKey(k));
  }

  /** Requests a position: its frame reaches `onFrame` at once if cached, else as soon as it is decoded. */
  show(k: number): void {
    const turn = ++this.#turn;
    const frame = this.cached(k);
    this.#wanted = frame ? undefined : { k, turn };
    if (frame) this.#present(frame, turn);
    else void this.#pumpShow();
  }

  /**
   * Decodes positions ahead, in this order, whenever no `show` is waiting; replaces an earlier list. Without a
   * list: the ticks, then all others, unless frames turn out to be slow on this machine.
   */
  prefetch(ks?: readonly number[]): void {
    this.#ahead = ks
      ? { ks: [...ks], mayThin: false }
      : { ks: defaultOrder(this.#source.ids.length), mayThin: true };
    void this.#pumpAhead();
  }

  /** The frame for k, decoded where it is not cached, without showing it. @throws TokenoscopeError, `aborted` once disposed */
  async frame(k: number): Promise<Frame> {
    return this.cached(k) ?? (await this.#decode(k));
  }

  /** Frames to show, in order; an older position never arrives after a newer one. Returns the unsubscriber. */
  onFrame(listener: (frame: Frame) => void): () => void {
    return subscribe(this.#frameListeners, listener);
  }

  /** Every newly cached frame, shown or not. Returns the unsubscriber. */
  onCached(listener: (frame: Frame) => void): () => void {
    return subscribe(this.#cachedListeners, listener);
  }

  /** Failures of `show` (a TokenoscopeError each); those of `prefetch` only end it. Returns the unsubscriber. */
  onError(listener: (error: unknown) => void): () => void {
    return subscribe(this.#errorListeners, listener);
  }

  /** Sampling steps of the frame that `show` waits for. Returns the unsubscriber. */
  onStep(listener: (progress: StepProgress) => void): () => void {
    return subscribe(this.#stepListeners, listener);
  }

  /** Stops everything; no listener is called afterwards. Cached frames stay for the next player. */
  dispose(): void {
    this.#abort.abort();
    this.#wanted = undefined;
    this.#ahead.ks = [];
    this.#frameListeners.clear();
    this.#cachedListeners.clear();
    this.#errorListeners.clear();
    this.#stepListeners.clear();
  }

  async #pumpShow(): Promise<void> {
    if (this.#showing) return;
    this.#showing = true;
    while (this.#wanted) {
      const wanted = this.#wanted;
      try {
        this.#present(
          this.cached(wanted.k) ?? (await this.#decode(wanted.k, { mayDraft: true })),
          wanted.turn,
        );
      } catch (error) {
        if (!isAborted(error)) emit(this.#errorListeners, error);
      }
      if (this.#wanted === wanted) this.#wanted = undefined;
    }
    this.#showing = false;
  }

  #present(frame: Frame, turn: number): void {
    if (turn < this.#shownTurn) return; // something newer is on the screen already
    this.#shownTurn = turn;
    this.#draft = frame.isDraft ? frame.k : undefined;
    emit(this.#frameListeners, frame);
  }

  async #pumpAhead(): Promise<void> {
    if (this.#decodingAhead) return;
    this.#decodingAhead = true;
    while (this.#ahead.ks.length > 0) {
      const ahead = this.#ahead; // may be replaced during the decode
      const k = ahead.ks.shift()!;
      if (this.#cache.has(this.#cacheKey(k))) continue;
      try {
        const { ms } = await this.#decode(k, { background: true });
        if (ahead.mayThin && ms > SLOW_FRAME_MS) {
          const ticks = prefixTicks(this.#source.ids.length);
          ahead.ks = ahead.ks.filter((next) => ticks.includes(next));
        }
      } catch (error) {
        if (this.#giveWay.signal.aborted && !this.#abort.signal.aborted) ahead.ks.unshift(k);
        else {
          ahead.ks = []; // a `show` will meet the same failure and report it
          if (this.#draft !== undefined) emit(this.#errorListeners, error); // or was spared it so far
        }
      }
    }
    this.#decodingAhead = false;
  }

  async #decode(k: number, { background = false, mayDraft = false } = {}): Promise<Frame> {
    const { model, ids, original, sampling } = this.#source;
    const job = { ids, k, original: original ?? undefined, sampling };
    // A sampler's many short runs would alternate with those of the requested picture and slow it down.
    if (sampling) this.#giveWay.abort();
    if (background) this.#giveWay = new AbortController();
    const frame = await this.#engine.decode(model, job, {
      background,
      mayDraft,
      signal: background ? AbortSignal.any([this.#abort.signal, this.#giveWay.signal]) : this.#abort.signal,
      onStep: background ? undefined : (progress) => emit(this.#stepListeners, progress),
    });
    if (frame.isDraft) return frame;
    this.#cache.set(this.#cacheKey(k), frame); // keyed only now: the call may have changed the backend
    emit(this.#cachedListeners, frame);
    if (this.#draft === k && !this.#wanted) this.#present(frame, this.#shownTurn);
    return frame;
  }

  #cacheKey(k: number): string {
    return `${this.#key} ${this.#engine.report(this.#source.model)?.backend} ${k}`;
  }
}

function defaultOrder(count: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i + 1);
  return [...new Set([...prefixTicks(count), ...all])];
}

function subscribe<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function emit<T>(listeners: Set<(value: T) => void>, value: T): void {
  for (const listener of listeners) listener(value);
}
