import { isAborted } from '../../core/errors';
import { FrameCache } from './frame-cache';
import type { Frame, StepProgress } from './image.api';
import { isHidden, past, untilSeen } from './player-waits';

/** What makes the frames of one picture: its positions count tokens, or the bytes of a codec's files. */
export interface FrameMaker {
  /** Names all that a frame depends on, but for its position. It may change with the backend. */
  key(): string;
  /** Positions to make ahead, in this order. */
  readonly order: readonly number[];
  /** Those that are left of them where frames turn out to be slow. */
  readonly ticks: readonly number[];
  /** Whether a requested frame ends the one made ahead, whose runs, many or long, would hold it up. */
  readonly greedy: boolean;
  /** @throws TokenoscopeError `aborted`, and what the engine throws */
  make(
    k: number,
    options: {
      readonly background: boolean;
      /** Whether a draft or a rough picture will do (`Frame.isDraft`, `Frame.isRough`). */
      readonly mayDraft: boolean;
      readonly signal: AbortSignal;
      readonly onStep: ((progress: StepProgress) => void) | undefined;
    },
  ): Promise<Frame>;
}

/** What a lane plays. */
export interface Player {
  /** The frame for k where it is cached, without waiting. */
  cached(k: number): Frame | undefined;
  /** All cached frames of the positions that are made ahead. */
  known(): readonly Frame[];
  /** Requests a position: its frame reaches `onFrame` at once if cached, else as soon as it is made. */
  show(k: number): void;
  /** Makes positions ahead whenever no `show` is waiting. */
  prefetch(ks?: readonly number[]): void;
  /** The frame for k, made where it is not cached, without showing it. @throws TokenoscopeError, `aborted` once disposed */
  frame(k: number): Promise<Frame>;
  onFrame(listener: (frame: Frame) => void): () => void;
  onCached(listener: (frame: Frame) => void): () => void;
  onError(listener: (error: unknown) => void): () => void;
  onStep(listener: (progress: StepProgress) => void): () => void;
  dispose(): void;
}

/** Positions to decode while nothing is requested; reduced to the ticks if frames turn out to be slow. */
interface Ahead {
  ks: number[];
  readonly mayThin: boolean;
}

/**
 * Shared by all players: a picture looked at again is free. 128 MiB is 2,048 frames of 128x128, the 16 of pictures that are
 * no longer on screen a whole row of one of them.
 */
export const sharedCache = new FrameCache(128 * 1024 * 1024, 16 * 1024 * 1024);

/** Drops the cached frames of a model whose weights have changed. */
export function forgetFrames(model: string): void {
  sharedCache.forget(`${model} `);
}

/** Milliseconds above which a frame is too costly to decode without a request. */
const SLOW_FRAME_MS = 150;

/**
 * Plays the frames of one picture: at most one in the making, the latest `show` first, positions that were passed over
 * never made, and the rest made ahead while nothing is requested.
 */
export class FramePlayer implements Player {
  readonly #maker: FrameMaker;
  readonly #cache: FrameCache;
  readonly #release: () => void;
  readonly #restMs: number;
  readonly #frameListeners = new Set<(frame: Frame) => void>();
  readonly #cachedListeners = new Set<(frame: Frame) => void>();
  readonly #errorListeners = new Set<(error: unknown) => void>();
  readonly #stepListeners = new Set<(progress: StepProgress) => void>();
  readonly #abort = new AbortController();
  #wanted: { readonly k: number; readonly turn: number } | undefined;
  #turn = 0;
  #shownTurn = 0;
  /** The position on screen, where that is a draft or rough. */
  #draft: number | undefined;
  /** A rough one, until drawing it in full begins, which it does as soon as nothing else is requested. */
  #owed: number | undefined;
  #ahead: Ahead = { ks: [], mayThin: false };
  #showing = false;
  #decodingAhead = false;
  /** When a position or a list was last asked for, as `performance.now()`. */
  #askedAt = 0;
  /** Ends the decode ahead that is in flight. */
  #giveWay = new AbortController();
  /** Ends the wait for rest. */
  #wake = new AbortController();

  /** @param restMs how long requests must be past before more than the ticks is made ahead, in milliseconds */
  constructor(maker: FrameMaker, cache = sharedCache, restMs = 0) {
    this.#maker = maker;
    this.#cache = cache;
    this.#restMs = restMs;
    this.#release = cache.play(() => this.#cacheKey(''));
  }

  /** The frame for k where it is cached, without waiting. */
  cached(k: number): Frame | undefined {
    return this.#cache.get(this.#cacheKey(k));
  }

  known(): readonly Frame[] {
    return this.#maker.order.flatMap((k) => this.cached(k) ?? []);
  }

  /** Requests a position: its frame reaches `onFrame` at once if cached, else as soon as it is decoded. */
  show(k: number): void {
    const turn = ++this.#turn;
    this.#askedAt = performance.now();
    const frame = this.cached(k) ?? this.#cache.draft(this.#cacheKey(k));
    this.#wanted = frame ? undefined : { k, turn };
    this.#owed = undefined;
    if (frame) this.#present(frame, turn);
    else void this.#pumpShow();
  }

  /**
   * Decodes positions ahead, in this order, whenever no `show` is waiting; replaces an earlier list. Without a
   * list: the maker's own, or only its ticks where frames turn out to be slow on this machine.
   */
  prefetch(ks?: readonly number[]): void {
    this.#askedAt = performance.now();
    this.#ahead = ks ? { ks: [...ks], mayThin: false } : { ks: [...this.#maker.order], mayThin: true };
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

  /** Every newly cached frame, shown or not, and those that turn out to be there already. Returns the unsubscriber. */
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
    this.#release();
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
    this.#draft = frame.isDraft || frame.isRough ? frame.k : undefined;
    emit(this.#frameListeners, frame);
    // Not where the slider is elsewhere already.
    if (!frame.isRough || this.#wanted?.turn !== turn) return;
    this.#owed = frame.k;
    this.#giveWay.abort(); // what waits to be made ahead would come first
    void this.#pumpAhead();
  }

  async #pumpAhead(): Promise<void> {
    this.#wake.abort(); // what is asked for now need not rest
    if (this.#decodingAhead) return;
    this.#decodingAhead = true;
    while (this.#owed !== undefined || this.#ahead.ks.length > 0) {
      if (isHidden()) {
        await untilSeen(this.#abort.signal);
        continue;
      }
      const ahead = this.#ahead; // may be replaced during the decode
      const owed = this.#owed;
      const k = owed ?? ahead.ks[0]!;
      const early = ahead.mayThin && !this.#maker.ticks.includes(k) ? this.#restLeft() : 0;
      if (early > 0 && owed === undefined) {
        this.#wake = new AbortController();
        await past(early, AbortSignal.any([this.#abort.signal, this.#wake.signal]));
        continue;
      }
      if (owed === undefined) ahead.ks.shift();
      this.#owed = undefined;
      const made = this.#cache.peek(this.#cacheKey(k));
      if (made) {
        emit(this.#cachedListeners, made); // perhaps by another player, of which nobody here has heard
        continue;
      }
      try {
        const { ms } = await this.#decode(k, { background: true });
        if (ahead.mayThin && ms > SLOW_FRAME_MS) {
          const { ticks } = this.#maker;
          ahead.ks = ahead.ks.filter((next) => ticks.includes(next));
        }
      } catch (error) {
        if (this.#giveWay.signal.aborted && !this.#abort.signal.aborted) {
          if (owed === undefined) ahead.ks.unshift(k);
        } else {
          ahead.ks = []; // a `show` will meet the same failure and report it
          // ... unless a draft has spared it that so far.
          if (this.#draft !== undefined && !isAborted(error)) emit(this.#errorListeners, error);
        }
      }
    }
    this.#decodingAhead = false;
  }

  async #decode(k: number, { background = false, mayDraft = false } = {}): Promise<Frame> {
    if (this.#maker.greedy) this.#giveWay.abort();
    if (background) this.#giveWay = new AbortController();
    const frame = await this.#maker.make(k, {
      background,
      mayDraft,
      signal: background ? AbortSignal.any([this.#abort.signal, this.#giveWay.signal]) : this.#abort.signal,
      onStep: background ? undefined : (progress) => emit(this.#stepListeners, progress),
    });
    if (frame.isDraft || frame.isRough) return frame;
    this.#cache.set(this.#cacheKey(k), frame); // keyed only now: the call may have changed the backend
    emit(this.#cachedListeners, frame);
    if (this.#draft === k && !this.#wanted) this.#present(frame, this.#shownTurn);
    return frame;
  }

  /** Milliseconds until requests are long enough past. */
  #restLeft(): number {
    return this.#restMs === 0 ? 0 : this.#askedAt + this.#restMs - performance.now();
  }

  #cacheKey(k: number | ''): string {
    return `${this.#maker.key()} ${k}`;
  }
}

function subscribe<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function emit<T>(listeners: Set<(value: T) => void>, value: T): void {
  for (const listener of listeners) listener(value);
}
