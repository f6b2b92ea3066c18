import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { Frame } from '../../engine/image/api';
import type { ImageEngine } from '../../engine/image/engine';
import { PrefixPlayer } from '../../engine/image/player';
import type { OpenPicture } from './pictures';
import { signal } from './signal';

/** A measured prefix: what the quality curve is drawn from. */
export interface Measured {
  readonly k: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Points come in bursts of hundreds a second: they are shown in batches. */
const UPDATE_MS = 100;

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
  #player: PrefixPlayer | undefined;
  #restart: (() => PrefixPlayer) | undefined;
  #pending: (Measured | undefined)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Plays another picture, from position k on. */
  open(engine: ImageEngine, picture: OpenPicture, k: number, onError: (error: unknown) => void): void {
    this.#stop();
    this.#restart = () => {
      const player = new PrefixPlayer(engine, picture);
      player.onFrame((frame) => {
        if (frame.k === this.awaited.get()) this.awaited.set(null);
        this.shown.set(frame);
      });
      player.onCached((frame) => this.#measure(frame));
      player.onError((error) => {
        this.awaited.set(null);
        onError(error);
      });
      return player;
    };
    const player = this.#restart();
    this.#player = player;
    // A slow model must not stand for seconds beside the picture of another one.
    if (isCheckpointId(picture.model) && !player.cached(k)) this.shown.set(null);
    this.opened.set(picture);
    this.#pending = [];
    for (let at = 1; at <= picture.ids.length; at++) {
      const frame = player.cached(at);
      if (frame) this.#pending[at] = { k: at, metrics: frame.metrics };
    }
    this.measured.set([...this.#pending]);
    this.replay(k);
  }

  /** Shows the first k tokens, or all where there are fewer. A cached position is painted before this returns. */
  show(k: number): void {
    const wanted = Math.min(k, this.opened.get()?.ids.length ?? k);
    this.awaited.set(this.#player && !this.#player.cached(wanted) ? wanted : null);
    this.#player?.show(wanted);
  }

  /** Gives up what is being decoded, also ahead; what has been decoded is kept. */
  giveUp(): void {
    this.#player?.dispose();
    this.#player = this.#restart?.();
    this.awaited.set(null);
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
    this.awaited.set(null);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #measure({ k, metrics }: Frame): void {
    this.#pending[k] = { k, metrics };
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.measured.set([...this.#pending]);
    }, UPDATE_MS);
  }
}

export type { Lane };

/** The model that the slider, the tokens and the link belong to. */
export const firstLane = new Lane();

/** The model that stands beside it, at the same k. */
export const secondLane = new Lane();
