import { signal } from '../../views/signal';

const IN_MS = 2200;
const OUT_MS = 700;

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'paste', 'dragenter'] as const;

/** Ease in and out (smoothstep). */
const ease = (t: number) => t * t * (3 - 2 * t);

/** One play of the slider. */
export interface Play {
  /** The highest position. */
  readonly count: number;
  /** Where it ends: the position that it was asked to show. */
  readonly end: number;
  setK(k: number): void;
  /** Whether what was asked for last is on screen: before, the slider goes nowhere else. */
  isShown(): boolean;
  /** It begins with this; what fails here leaves the slider where it is. */
  readonly ready?: Promise<unknown>;
}

/** The only move the slider makes by itself: it shows a first visitor what it does. */
export class Breath {
  /** Whether the slider moves by itself now. */
  readonly playing = signal(false);
  #stop: (() => void) | undefined;

  /**
   * Moves k once from 1 to `count` and back to `end`. Each doubling takes equally long. Any touch of
   * the page stops it where it is; under reduced motion it does not start.
   */
  start({ count, end, setK, isShown, ready = Promise.resolve() }: Play): void {
    this.stop();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const octaves = Math.log2(count);
    let start: number | undefined;
    let peak: number | undefined;
    let frame = 0;
    const stop = () => this.stop();
    const step = (now: number) => {
      frame = requestAnimationFrame(step);
      const shown = isShown();
      if (start === undefined && !shown) return;
      this.playing.set(true);
      start ??= now;
      const rising = Math.min(1, (now - start) / IN_MS);
      // The way back starts at the frame that asked for all tokens, even if that one came late.
      if (rising === 1 && shown) peak ??= now;
      const falling = peak === undefined ? 0 : Math.min(1, (now - peak) / OUT_MS);
      const level = ease(rising) * octaves - ease(falling) * (octaves - Math.log2(end));
      // At the end also where a slow frame is late: what was asked for has been drawn before.
      if (shown || falling === 1) setK(Math.round(2 ** level));
      if (falling === 1) stop();
    };
    for (const event of TOUCHES) window.addEventListener(event, stop, { capture: true, passive: true });
    const mine = () => {
      cancelAnimationFrame(frame);
      this.playing.set(false);
      for (const event of TOUCHES) window.removeEventListener(event, stop, { capture: true });
    };
    this.#stop = mine;
    ready.then(
      () => {
        if (this.#stop === mine) frame = requestAnimationFrame(step);
      },
      () => this.#stop === mine && stop(),
    );
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
