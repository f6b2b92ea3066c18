const IN_MS = 2200;
const OUT_MS = 700;

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'paste', 'dragenter'] as const;

/** Ease in and out (smoothstep). */
const ease = (t: number) => t * t * (3 - 2 * t);

/** The only move the slider makes by itself: it shows a first visitor what it does. */
export class Breath {
  #stop: (() => void) | undefined;

  /**
   * Moves k once from 1 to `count` and back to `end`. Each doubling takes equally long. Any touch of
   * the page stops it where it is; under reduced motion it does not start.
   */
  start(count: number, end: number, setK: (k: number) => void): void {
    this.stop();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const octaves = Math.log2(count);
    let start: number | undefined;
    let peak: number | undefined;
    let frame = 0;
    const stop = () => this.stop();
    const step = (now: number) => {
      start ??= now;
      const rising = Math.min(1, (now - start) / IN_MS);
      // The way back starts at the frame that showed all tokens, even if that one came late.
      if (rising === 1) peak ??= now;
      const falling = peak === undefined ? 0 : Math.min(1, (now - peak) / OUT_MS);
      const level = ease(rising) * octaves - ease(falling) * (octaves - Math.log2(end));
      setK(Math.round(2 ** level));
      if (falling < 1) frame = requestAnimationFrame(step);
      else stop();
    };
    for (const event of TOUCHES) window.addEventListener(event, stop, { capture: true, passive: true });
    this.#stop = () => {
      cancelAnimationFrame(frame);
      for (const event of TOUCHES) window.removeEventListener(event, stop, { capture: true });
    };
    frame = requestAnimationFrame(step);
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
