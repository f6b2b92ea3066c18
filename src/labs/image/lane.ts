import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { Sampling } from '../../core/image/sampling';
import type { Frame, StepProgress } from '../../engine/image/image.api';
import type { ImageEngine } from '../../engine/image/image.client';
import { PrefixPlayer, prefixTicks } from '../../engine/image/player';
import type { OpenPicture } from './pictures';
import { samplingNow } from './sampling';
import { signal } from './signal';

/** A measured prefix: what the quality curve is drawn from. */
export interface Measured {
  readonly k: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Points come in bursts of hundreds a second: they are shown in batches. */
const UPDATE_MS = 100;

/** A frame that took longer than this stands out of date for too long. */
const SLOW_MS = 500;

/** One model's way through the picture on screen: its tokens, its player, and what is shown of them. */
class Lane {
  /** The picture by this lane's model, with its pixels. */
  readonly opened = signal<OpenPicture | null>(null);
  /** The reconstruction on screen: the newest frame that the player presented. */
  readonly shown = signal<Frame | null>(null);
  /** Measures by k; index 0 is unused. Replaced (not mutated) at most ten times a second. */
  readonly measured = signal<readonly (Measured | undefined)[]>([]);
  /** The prefix that was asked for and is not on screen yet; null where nothing is. */
  readonly awaited = signal<number | null>(null);
  /** At which step it is, where the model samples; null before the first one. */
  readonly step = signal<StepProgress | null>(null);
  #player: PrefixPlayer | undefined;
  #restart: (() => PrefixPlayer) | undefined;
  /** How the player draws. */
  #sampling: Sampling | undefined;
  #pending: (Measured | undefined)[] = [];
  /** Prefixes whose measures are of an earlier way to draw: they stand until the new ones come. */
  #stale = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Plays another picture, from position k on. */
  open(engine: ImageEngine, picture: OpenPicture, k: number, onError: (error: unknown) => void): void {
    this.#stop();
    this.#restart = () => {
      this.#sampling = samplingNow(picture.model);
      const player = new PrefixPlayer(engine, { ...picture, sampling: this.#sampling });
      player.onFrame((frame) => {
        if (frame.k === this.awaited.get()) this.#await(null);
        this.shown.set(frame);
      });
      player.onStep((progress) => this.step.set(progress));
      player.onCached((frame) => this.#measure(frame));
      player.onError((error) => {
        this.#await(null);
        this.#dropStale();
        onError(error);
      });
      return player;
    };
    const player = this.#restart();
    this.#player = player;
    const slow = isCheckpointId(picture.model) || (this.shown.get()?.ms ?? 0) > SLOW_MS;
    // A slow model must not stand for seconds beside the picture of another one.
    if (slow && !player.cached(k)) this.shown.set(null);
    this.opened.set(picture);
    this.#pending = [];
    this.#recall(player, picture.ids.length);
    this.replay(k);
  }

  /** Draws the same picture anew where the model is to draw otherwise now. What is on screen stays until then. */
  redraw(k: number): void {
    const picture = this.opened.get();
    if (!picture || !this.#restart || sameSampling(samplingNow(picture.model), this.#sampling)) return;
    this.#player?.dispose();
    this.#player = this.#restart();
    // Only what is decoded anew for sure: slow models draw no more than the ticks ahead.
    const ticks = prefixTicks(picture.ids.length);
    this.#pending = this.#pending.map((point, at) => (ticks.includes(at) ? point : undefined));
    this.#recall(this.#player, picture.ids.length);
    this.replay(k);
  }

  /** Shows the first k tokens, or all where there are fewer. A cached position is painted before this returns. */
  show(k: number): void {
    const wanted = Math.min(k, this.opened.get()?.ids.length ?? k);
    this.#await(this.#player && !this.#player.cached(wanted) ? wanted : null);
    this.#player?.show(wanted);
  }

  /** Gives up what is being decoded, also ahead; what has been decoded is kept. */
  giveUp(): void {
    this.#player?.dispose();
    this.#player = this.#restart?.();
    this.#await(null);
    this.#dropStale();
  }

  /** Shows k and decodes the others ahead, anew where the backend has changed. */
  replay(k: number): void {
    this.show(k);
    this.#player?.prefetch();
  }

  /** The frame for k where it is at hand. */
  cached(k: number): Frame | undefined {
    return this.#player?.cached(k);
  }

  /** Empties the lane. */
  close(): void {
    this.#stop();
    this.opened.set(null);
    this.shown.set(null);
    this.measured.set([]);
  }

  #stop(): void {
    this.#player?.dispose();
    this.#player = undefined;
    this.#restart = undefined;
    this.#await(null);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #await(k: number | null): void {
    if (k !== this.awaited.get()) this.step.set(null);
    this.awaited.set(k);
  }

  /** Measures of what the player has at hand already; those that are here and not its own are out of date. */
  #recall(player: PrefixPlayer, count: number): void {
    this.#stale = new Set(this.#pending.flatMap((point) => point?.k ?? []));
    for (let at = 1; at <= count; at++) {
      const frame = player.cached(at);
      if (!frame) continue;
      this.#pending[at] = { k: at, metrics: frame.metrics };
      this.#stale.delete(at);
    }
    this.measured.set([...this.#pending]);
  }

  #dropStale(): void {
    if (this.#stale.size === 0) return;
    for (const k of this.#stale) this.#pending[k] = undefined;
    this.#stale.clear();
    this.measured.set([...this.#pending]);
  }

  #measure({ k, metrics }: Frame): void {
    this.#pending[k] = { k, metrics };
    this.#stale.delete(k);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.measured.set([...this.#pending]);
    }, UPDATE_MS);
  }
}

function sameSampling(a: Sampling | undefined, b: Sampling | undefined): boolean {
  return a?.steps === b?.steps && a?.seed === b?.seed;
}

export type { Lane };

/** The model that the slider, the tokens and the link belong to. */
export const firstLane = new Lane();

/** The model that stands beside it, at the same k. */
export const secondLane = new Lane();
